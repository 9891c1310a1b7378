package org.sallyport.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final Retries retries = new Retries(Duration.ofMinutes(15));

    @Test
    void waitsLongerWhileNothingGetsBetter() {
        for (int i = 0; i < 20; i++) {
            retries.next(i);
        }

        assertThat(retries.next(20).orElseThrow()).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
    }

    @Test
    void givesUpSoLongAfterTheFirstFailure() {
        long minutes = Duration.ofMinutes(15).toMillis();

        assertThat(retries.next(1_000)).isPresent();
        assertThat(retries.next(999 + minutes)).isPresent();
        assertThat(retries.next(1_000 + minutes)).isEmpty();
    }

    @Test
    void startsAnewAfterProgress() {
        for (int i = 0; i < 20; i++) {
            retries.next(0);
        }
        retries.progress();

        assertThat(retries.next(Duration.ofHours(9).toMillis()).orElseThrow())
                .isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
