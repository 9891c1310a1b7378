package org.sallyport.core.node;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * The small pool that one adapter is called in, each call with a deadline: an adapter that hangs costs its callers a bounded time and its
 * successor nothing.
 */
final class AdapterPool {
    private static final int THREADS = 4;

    /** Callers that may wait for a thread, as many as an activation admits; the next one is refused at once. */
    private static final int QUEUE = 1024;

    private static final long DRAIN_MILLIS = 1000;

    private final String what;
    private final ThreadPoolExecutor threads;

    /** @param what names the adapter in messages and thread names, for instance {@code admission} */
    AdapterPool(String what) {
        this.what = what;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "sallyport-core.node-" + what + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * @throws SallyportException the adapter's own; {@code SERVICE_AWAY} when it is late, overrun or fails otherwise
     * @throws RejectedExecutionException after {@link #close}; the adapter was not asked
     */
    <R> R call(Duration limit, Callable<R> question) {
        Future<R> answer = submit(question);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw away("did not answer within %d ms".formatted(limit.toMillis()), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SallyportException known) {
                throw known;
            }
            throw away("failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Takes no more calls and waits a moment for those under way, so that a swap breaks none. */
    void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private <R> Future<R> submit(Callable<R> question) {
        try {
            return threads.submit(question);
        } catch (RejectedExecutionException e) {
            if (threads.isShutdown()) {
                throw e;
            }
            throw away("has more than " + QUEUE + " calls waiting", e);
        }
    }

    private SallyportException away(String how, Throwable cause) {
        return new SallyportException(
                CommonError.SERVICE_AWAY, "The %s adapter %s; try again.".formatted(what, how), cause);
    }
}
