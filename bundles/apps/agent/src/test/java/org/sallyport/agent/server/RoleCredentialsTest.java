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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.agent.server.NodeApi.RoleToken;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.protocol.sigv4.SigningCredentials;

class RoleCredentialsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final RoleCredentials credentials = new RoleCredentials(thread, Clock.fixed(NOW, ZoneOffset.UTC));

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

    private static RoleToken token(Duration life) {
        return new RoleToken(new SigningCredentials("ASIA", "secret", Optional.of("token")), NOW.plus(life));
    }

    private Duration nextTry() {
        await().until(() -> thread.getQueue().size() == 1 && thread.getActiveCount() == 0);
        return Duration.ofMillis(((Delayed) thread.getQueue().peek()).getDelay(TimeUnit.MILLISECONDS));
    }
}
