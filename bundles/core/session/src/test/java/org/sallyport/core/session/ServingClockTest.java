package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class ServingClockTest {
    private final ServingClock clock = new ServingClock();

    @Test
    void standsUntilItBegins() throws InterruptedException {
        Thread.sleep(5);
        assertThat(clock.getAsLong()).isZero();
        assertThat(clock.begin()).isTrue();
        assertThat(clock.getAsLong()).isLessThan(60_000);
        await().until(() -> clock.getAsLong() > 5);
        assertThat(clock.begin()).isFalse();
        assertThat(clock.getAsLong()).isGreaterThan(5);
    }
}
