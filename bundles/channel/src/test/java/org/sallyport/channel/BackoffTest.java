package org.sallyport.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void pausesDoubleUpToTheCap() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), () -> 1.0);

        assertThat(IntStream.range(0, 5).mapToObj(i -> backoff.next().toMillis()))
                .containsExactly(100L, 200L, 400L, 500L, 500L);
    }

    @Test
    void theLowestJitterIsHalfAndResetBeginsAnew() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> 0.0);

        assertThat(backoff.next()).hasMillis(50);
        assertThat(backoff.next()).hasMillis(100);
        backoff.reset();
        assertThat(backoff.next()).hasMillis(50);
    }

    @Test
    void manyTriesNeverOverflow() {
        Backoff backoff = new Backoff(Duration.ofDays(1), Duration.ofDays(2), () -> 1.0);

        IntStream.range(0, 100).forEach(i -> assertThat(backoff.next()).isPositive());
    }
}
