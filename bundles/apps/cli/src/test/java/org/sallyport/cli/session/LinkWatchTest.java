package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LinkWatchTest {
    private static final OptionalLong NOTHING = OptionalLong.empty();
    private static final long AHEAD = 1_000_000;

    private final LinkWatch watch = new LinkWatch(0, AHEAD);

    @Test
    void asksWhenWhatWasTypedIsNotAcknowledgedAndNothingElseComes() {
        OptionalLong typed = OptionalLong.of(1_000);

        assertThat(tick(4_999, typed)).isFalse();
        assertThat(tick(5_000, typed)).isTrue();
    }

    @Test
    void asksNotWhileSomethingComesHoweverLongTheNodeTakes() {
        for (long now = 0; now < 60_000; now += 1_000) {
            watch.heard(now);
            assertThat(tick(now, OptionalLong.of(0))).isFalse();
        }
    }

    @Test
    void asksNotWhenNothingWasTyped() {
        assertThat(tick(600_000, NOTHING)).isFalse();
    }

    @Test
    void asksOnceInTenSecondsAtMost() {
        int asked = 0;
        for (long now = 0; now < 60_000; now += 100) {
            asked += tick(now, OptionalLong.of(0)) ? 1 : 0;
        }

        assertThat(asked).isEqualTo(6);
    }

    @Test
    void asksAtOnceAfterASleepDuringWhichTheSteadyClockRests() {
        assertThat(tick(100, NOTHING)).isFalse();
        assertThat(watch.tick(200, AHEAD + 3_600_000, NOTHING)).isPresent();
        assertThat(watch.tick(300, AHEAD + 3_600_100, NOTHING)).isEmpty();
    }

    @Test
    void takesSmallStepsOfTheWallClockAndThoseBackForASettingOfIt() {
        assertThat(watch.tick(100, AHEAD + 4_000, NOTHING)).isEmpty();
        assertThat(watch.tick(200, AHEAD - 3_600_000, NOTHING)).isEmpty();
    }

    private boolean tick(long now, OptionalLong oldest) {
        return watch.tick(now, AHEAD + now, oldest).isPresent();
    }
}
