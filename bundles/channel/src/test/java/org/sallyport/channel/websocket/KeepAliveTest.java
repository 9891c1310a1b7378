package org.sallyport.channel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final Duration ANSWER = Duration.ofSeconds(4);

    private final KeepAlive onlyPongs = opened(false);
    private final KeepAlive anything = opened(true);

    @Test
    void messagesReplaceNoPongUnlessTheSettingsSaySo() {
        onlyPongs.received(at(25));
        anything.received(at(25));

        assertThat(onlyPongs.fault(at(31), true, false)).isPresent();
        assertThat(anything.fault(at(31), true, false)).isEmpty();
        assertThat(anything.fault(at(56), true, false)).isPresent();
    }

    @Test
    void aQuestionThatNothingAnswersIsAFault() {
        assertThat(onlyPongs.asked(ANSWER, at(1))).isTrue();

        assertThat(onlyPongs.fault(at(5), true, false)).isEmpty();
        assertThat(onlyPongs.fault(at(6), true, false)).get().asString().contains("nothing came");
    }

    @Test
    void whateverComesAnswersTheQuestion() {
        onlyPongs.asked(ANSWER, at(1));
        onlyPongs.received(at(2));

        assertThat(onlyPongs.fault(at(20), true, false)).isEmpty();
        assertThat(onlyPongs.asked(ANSWER, at(20))).isTrue();
    }

    @Test
    void asksOneQuestionAtATime() {
        assertThat(onlyPongs.asked(ANSWER, at(1))).isTrue();
        assertThat(onlyPongs.asked(ANSWER, at(2))).isFalse();

        assertThat(onlyPongs.fault(at(6), true, false)).isPresent();
    }

    @Test
    void whileReadingIsPausedNoAnswerCanBeSeen() {
        onlyPongs.asked(ANSWER, at(1));

        assertThat(onlyPongs.fault(at(20), true, true)).isEmpty();
        assertThat(onlyPongs.fault(at(21), true, false)).isEmpty();
        assertThat(onlyPongs.fault(at(26), true, false)).isPresent();
    }

    private static KeepAlive opened(boolean anythingCounts) {
        Duration thirty = Duration.ofSeconds(30);
        KeepAlive made = new KeepAlive(
                new WebSocketSettings(thirty, Duration.ofSeconds(10), thirty, thirty, anythingCounts), at(0));
        made.opened(at(0));
        return made;
    }

    private static long at(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
