package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServingClockTest {
    private final ServingClock clock = new ServingClock();

    @Test
    void standsUntilItBegins() {
        await().during(Duration.ofMillis(200)).until(() -> clock.getAsLong() == 0);
        assertThat(clock.begin()).isTrue();
        assertThat(clock.getAsLong()).isLessThan(60_000);
        await().until(() -> clock.getAsLong() > 5);
        assertThat(clock.begin()).isFalse();
        assertThat(clock.getAsLong()).isGreaterThan(5);
    }
}
