package org.sallyport.agent.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.sallyport.agent.server.NodeApi.RoleToken;
import org.sallyport.channel.Backoff;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of the node's role, renewed at half of their life (node-agent specification, section 3.4), and kept in memory only.
 * {@link #get} never blocks. A refusal, for instance because the node was deregistered, is asked again after up to five minutes. A machine that slept
 * wakes with expired ones long before their half life is over for the timer, which stood still: the first who wants them has new ones asked for.
 */
public final class RoleCredentials implements Supplier<SigningCredentials> {
    private static final Logger LOG = LoggerFactory.getLogger(RoleCredentials.class);
    private static final Duration LEAST_LIFE = Duration.ofSeconds(5);

    /** What asks the server; blocks. */
    public interface Source {
        RoleToken request() throws IOException;
    }

    private final ScheduledExecutorService thread;
    private final Clock clock;
    private final Backoff unreachable = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(60));
    private final Backoff refused = new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(5));
    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicBoolean resting = new AtomicBoolean();
    private volatile RoleToken current;
    private Source source;
    private Future<?> next;

    /** @param thread of one thread, on which the server is asked */
    public RoleCredentials(ScheduledExecutorService thread) {
        this(thread, Clock.systemUTC());
    }

    RoleCredentials(ScheduledExecutorService thread, Clock clock) {
        this.thread = thread;
        this.clock = clock;
    }

    /** Begins to ask. Once. */
    public void start(Source asked) {
        thread.execute(() -> {
            source = asked;
            renew();
        });
    }

    /** The server refused what it gave us: asks for new ones at once. Any thread. */
    public void expired() {
        try {
            thread.execute(this::renew);
        } catch (RejectedExecutionException e) {
            LOG.debug("Credentials are not renewed, the agent stops");
        }
    }

    /** Blocks until the first credentials are there. */
    public void awaitFirst() throws InterruptedException {
        first.await();
    }

    /** @throws IllegalStateException there are none, or only expired ones */
    @Override
    public SigningCredentials get() {
        RoleToken token = current;
        if (token == null || !clock.instant().isBefore(token.expires())) {
            askIfStill(token);
            throw new IllegalStateException("This node has no valid credentials of its role at the moment");
        }
        return token.credentials();
    }

    /** Unless others came in the meantime, or are being asked for. */
    private void askIfStill(RoleToken token) {
        if (resting.compareAndSet(true, false)) {
            if (current == token) {
                expired();
            } else {
                resting.set(true);
            }
        }
    }

    private void renew() {
        resting.set(false);
        if (next != null) {
            next.cancel(false);
        }
        Duration wait;
        boolean renewed = false;
        try {
            RoleToken token = source.request();
            current = token;
            first.countDown();
            unreachable.reset();
            refused.reset();
            wait = halfLife(token.expires());
            renewed = true;
            LOG.debug("Role credentials are valid until {}", token.expires());
        } catch (ServiceException e) {
            wait = refused.next();
            LOG.warn(
                    "The server refuses role credentials ({}); asked again in {} s. If the node was deregistered, register it again",
                    e,
                    wait.toSeconds());
        } catch (IOException | RuntimeException e) {
            wait = unreachable.next();
            LOG.warn("No role credentials: {}; asked again in {} s", e.getMessage(), wait.toSeconds());
        }
        next = thread.schedule(this::renew, wait.toMillis(), TimeUnit.MILLISECONDS);
        resting.set(renewed);
    }

    private Duration halfLife(Instant expires) {
        Duration half = Duration.between(clock.instant(), expires).dividedBy(2);
        return half.compareTo(LEAST_LIFE) < 0 ? LEAST_LIFE : half;
    }
}
