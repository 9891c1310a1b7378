package org.sallyport.adapter.identity.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;

class TurnsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Turns turns = new Turns(1, Clock.fixed(NOW, ZoneOffset.UTC));
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        thread.shutdownNow();
    }

    @Test
    void refusesWhoWaitsBeyondTheDeadlineAndServesWhoComesAfterwards() throws Exception {
        Future<String> holder = thread.submit(() -> turns.take(NOW.plusSeconds(60), this::hold));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> turns.take(NOW.plusMillis(5), () -> "too late"))
                .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                        .isEqualTo(AccessError.PROVIDER_UNAVAILABLE));

        release.countDown();
        assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("held");
        assertThat(turns.take(NOW.plusSeconds(10), () -> "next")).isEqualTo("next");
    }

    @Test
    void givesTheTurnBackWhenTheWorkFails() {
        assertThatThrownBy(() -> turns.take(NOW, () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(turns.take(NOW, () -> "next")).isEqualTo("next");
    }

    @Test
    void refusesAnInterruptedThreadAndKeepsItsFlag() throws Exception {
        Future<Boolean> interrupted = thread.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> turns.take(NOW.plusSeconds(60), () -> "work"))
                    .isInstanceOf(SallyportException.class);
            return Thread.interrupted();
        });

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private String hold() {
        inside.countDown();
        try {
            return release.await(10, TimeUnit.SECONDS) ? "held" : "nobody released it";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
