package org.sallyport.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinkTimesTest {
    private static final Duration SERVER_WAITS = Duration.ofSeconds(30);
    private static final Duration SERVER_NOTICES = Duration.ofSeconds(90);

    @Test
    void twoTriesWhosePacketsVanishLeaveTheServerTimeForAThird() {
        Duration used = IntStream.range(0, 2)
                .mapToObj(LinkTimes::ofTry)
                .flatMap(times -> Stream.of(times.token(), times.webSocket().openDeadline()))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(used.plus(LinkTimes.ofTry(0).token())).isLessThan(SERVER_WAITS);
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
