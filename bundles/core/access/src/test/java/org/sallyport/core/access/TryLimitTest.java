package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sallyport.test.database.SettableClock;

class TryLimitTest {
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final TryLimit limit = new TryLimit(2, Duration.ofSeconds(10), 3, clock);

    @Test
    void refusesWhenTheTriesAreGoneAndGivesOneBackAfterItsTime() {
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
        assertThat(limit.take("b")).isTrue();

        clock.advance(Duration.ofSeconds(10));

        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
    }

    @Test
    void aRefusedTryDoesNotMakeTheWaitLonger() {
        limit.take("a");
        limit.take("a");
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(limit.take("a")).isFalse();
        }
        clock.advance(Duration.ofSeconds(1));

        assertThat(limit.take("a")).isTrue();
    }

    @Test
    void rightTriesCostNothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(limit.take("a")).isTrue();
            limit.giveBack("a");
        }
    }

    @Test
    void aFullTableForgetsTheKeyThatWasNotTriedForTheLongestTime() {
        for (String key : new String[] {"a", "a", "b", "b", "c", "c"}) {
            assertThat(limit.take(key)).isTrue();
        }
        assertThat(limit.take("d")).isTrue();

        assertThat(limit.take("c")).isFalse();
        assertThat(limit.take("a")).as("was forgotten").isTrue();
    }

    @Test
    void aClockThatGoesBackwardsFreesNobody() {
        limit.take("a");
        limit.take("a");

        clock.set(Instant.EPOCH.minusSeconds(3600));

        assertThat(limit.take("a")).isFalse();
    }
}
