package org.sallyport.core.relay;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The relay's threads: a pool for session lanes, whose tasks never block; a pool for calls to other core bundles, which may block for the
 * store; a pool for the journals, which may block for the disk; one timer. The pools' queues hold at most one entry for each lane, row or
 * journal, so the bounds of those are theirs.
 */
final class RelayThreads implements Timer {
    private static final int CALL_THREADS = 4;
    private static final int JOURNAL_THREADS = 2;
    private static final long STOP_MILLIS = 2_000;

    private final Clock clock;
    private final ThreadPoolExecutor lanes;
    private final ThreadPoolExecutor calls;
    private final ThreadPoolExecutor journals;
    private final ScheduledThreadPoolExecutor timer;

    RelayThreads(Clock clock) {
        this.clock = clock;
        this.lanes = pool("lane", Math.max(2, Runtime.getRuntime().availableProcessors()));
        this.calls = pool("call", CALL_THREADS);
        this.journals = pool("journal", JOURNAL_THREADS);
        this.timer = new ScheduledThreadPoolExecutor(1, named("timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ExecutorService lanes() {
        return lanes;
    }

    ExecutorService calls() {
        return calls;
    }

    ExecutorService journals() {
        return journals;
    }

    @Override
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public long epochMillis() {
        return clock.millis();
    }

    @Override
    public Runnable after(long delayMillis, Runnable task) {
        try {
            ScheduledFuture<?> later = timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
            return () -> later.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {}; // the relay stops; nothing is due any more
        }
    }

    /** Ends all threads, within two seconds for each pool. */
    void stop() {
        timer.shutdownNow();
        for (ExecutorService pool : List.of(lanes, calls, journals)) {
            pool.shutdown();
            try {
                if (!pool.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                    pool.shutdownNow();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ThreadPoolExecutor pool(String use, int threads) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(use));
    }

    private static ThreadFactory named(String use) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sallyport-relay-" + use + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
