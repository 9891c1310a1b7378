package org.sallyport.agent.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread, {@code sallyport-agent-session-<n>}, that may touch a session's state. Any thread hands work in; after {@link #end} work
 * is dropped. What waits is bounded by those who hand in: frames by {@link DataLink}, output by {@link OutputPump}.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ScheduledThreadPoolExecutor thread;
    private final String session;

    Lane(String session) {
        this.session = session;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "sallyport-agent-session-" + COUNT.incrementAndGet());
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** False when the session has ended. */
    boolean execute(Runnable work) {
        return schedule(Duration.ZERO, work).isPresent();
    }

    /** Empty when the session has ended. */
    Optional<Future<?>> schedule(Duration delay, Runnable work) {
        try {
            return Optional.of(
                    thread.schedule(() -> guarded(work), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Timed work that was handed in before is dropped. */
    void end() {
        thread.shutdown();
    }

    /** One bad message must not take the whole session with it. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Session {}: unexpected failure", session, e);
        }
    }
}
