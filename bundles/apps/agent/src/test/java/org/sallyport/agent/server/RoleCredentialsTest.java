package org.sallyport.agent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.agent.server.NodeApi.RoleToken;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.protocol.sigv4.SigningCredentials;

class RoleCredentialsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final RoleCredentials credentials = new RoleCredentials(thread, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void countWhatIsPlannedOnly() {
        thread.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void areRenewedAtHalfOfTheirLife() throws Exception {
        credentials.start(() -> token(Duration.ofHours(1)));
        credentials.awaitFirst();

        assertThat(credentials.get().accessKeyId()).isEqualTo("ASIA");
        assertThat(nextTry()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
    }

    @Test
    void expiredOnesAreNotHandedOut() throws Exception {
        credentials.start(() -> token(Duration.ZERO));
        credentials.awaitFirst();

        assertThatThrownBy(credentials::get).hasMessageContaining("no valid credentials");
    }

    @Test
    void aRefusalIsAskedAgainButNotSoon() {
        credentials.start(() -> {
            throw new ServiceException(400, "AccessDeniedException", "gone");
        });

        assertThat(nextTry()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
    }

    @Test
    void aServerThatIsAwayIsAskedAgainSoon() {
        credentials.start(() -> {
            throw new IOException("away");
        });

        assertThat(nextTry()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aMachineThatSleptForADayHasNewOnesAsSoonAsSomebodyWantsThem() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        RoleCredentials slept = new RoleCredentials(thread, new SettableClock(now));
        AtomicInteger asked = new AtomicInteger();
        slept.start(() -> {
            asked.incrementAndGet();
            return new RoleToken(
                    new SigningCredentials("ASIA", "secret", Optional.of("token")),
                    now.get().plusSeconds(3600),
                    false);
        });
        slept.awaitFirst();
        await().until(() -> thread.getQueue().size() == 1 && thread.getActiveCount() == 0);

        now.set(NOW.plus(Duration.ofHours(26)));
        for (int i = 0; i < 20; i++) {
            try {
                slept.get();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("no valid credentials");
            }
        }

        await().untilAsserted(() -> assertThat(slept.get().accessKeyId()).isEqualTo("ASIA"));
        assertThat(asked).as("asked once, however many want them").hasValue(2);
    }

    @Test
    void whileTheServerIsAwayForADayNobodyWhoWantsThemHurriesIt() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        RoleCredentials away = new RoleCredentials(thread, new SettableClock(now));
        AtomicInteger asked = new AtomicInteger();
        away.start(() -> {
            if (asked.incrementAndGet() == 1) {
                return token(Duration.ofHours(1));
            }
            throw new IOException("away");
        });
        away.awaitFirst();
        now.set(NOW.plus(Duration.ofHours(26)));
        assertThatThrownBy(away::get).hasMessageContaining("no valid credentials");
        await().until(() -> asked.get() >= 2 && thread.getQueue().size() == 1 && thread.getActiveCount() == 0);
        int before = asked.get();

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(away::get).hasMessageContaining("no valid credentials");
        }

        assertThat(asked.get() - before).as("its own pace goes on").isLessThan(10);
    }

    /** Stands still but when it is set, as the clock of a machine that sleeps. */
    private static final class SettableClock extends Clock {
        private final AtomicReference<Instant> now;

        private SettableClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    private static RoleToken token(Duration life) {
        return new RoleToken(new SigningCredentials("ASIA", "secret", Optional.of("token")), NOW.plus(life), false);
    }

    private Duration nextTry() {
        await().until(() -> thread.getQueue().size() == 1 && thread.getActiveCount() == 0);
        return Duration.ofMillis(((Delayed) thread.getQueue().peek()).getDelay(TimeUnit.MILLISECONDS));
    }
}
