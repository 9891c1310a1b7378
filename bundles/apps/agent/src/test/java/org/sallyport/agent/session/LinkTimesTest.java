package org.sallyport.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkTimesTest {
    private static final Duration SERVER_WAITS = Duration.ofSeconds(30);
    private static final Duration SERVER_NOTICES = Duration.ofSeconds(90);

    @Test
    void triesBeginOftenEnoughWhileTheServerWaits() {
        assertThat(LinkTimes.PATIENCE.multipliedBy(8)).isLessThan(SERVER_WAITS);
    }

    @Test
    void aTokenThatDoesNotComeOccupiesAThreadForALittleAtFirst() {
        assertThat(LinkTimes.ofTry(0).token()).isLessThan(LinkTimes.ofTry(1).token());
        assertThat(LinkTimes.ofTry(1).token()).isLessThan(LinkTimes.ofTry(2).token());
    }

    @Test
    void laterTriesTakeAsLongAsASlowNetworkNeedsAndNeverLonger() {
        assertThat(LinkTimes.ofTry(2).token()).isEqualTo(Duration.ofSeconds(15));
        assertThat(LinkTimes.ofTry(1_000)).isEqualTo(LinkTimes.ofTry(2));
    }

    @Test
    void aSilentChannelIsNoticedBeforeTheServerNoticesIt() {
        for (int failures = 0; failures < 4; failures++) {
            assertThat(LinkTimes.ofTry(failures).webSocket().firstReadDeadline())
                    .isLessThan(SERVER_NOTICES);
            assertThat(LinkTimes.ofTry(failures).webSocket().pongDeadline()).isLessThan(SERVER_NOTICES);
        }
    }
}
