package org.sallyport.cli.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread, {@code sallyport-cli-session-1}, that may touch the session's state. Any thread hands work in; after {@link #end} work
 * is dropped. What waits is bounded by those who hand in: frames by {@link Intake}, keys by {@link Room}.
 */
final class Lane implements Executor {
    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<RuntimeException> failed;

    /** @param failed told on the lane of work that threw; without that a session would hang in silence */
    Lane(Consumer<RuntimeException> failed) {
        this.failed = failed;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "sallyport-cli-session-1");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable work) {
        after(Duration.ZERO, work);
    }

    void after(Duration delay, Runnable work) {
        try {
            thread.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The session is closed; nobody waits for the work.
            return;
        }
    }

    void every(long millis, Runnable work) {
        thread.scheduleWithFixedDelay(() -> guarded(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Lets what waits and then the last work run, within the limit: a screen that is stopped may block them for ever. Later work is dropped.
     */
    void end(Duration limit, Runnable last) {
        CountDownLatch done = new CountDownLatch(1);
        execute(() -> {
            last.run();
            done.countDown();
        });
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
            thread.shutdown();
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }
}
