package org.sallyport.core.access;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;

/**
 * Holds the adapter that serves now and calls it in that adapter's own small pool with a deadline, so that an adapter that hangs costs its
 * callers a bounded time and its successor nothing.
 *
 * <p>Whatever goes wrong, the adapter being away included, is {@code PROVIDER_UNAVAILABLE}; a {@link SallyportException} of the adapter is
 * passed on.
 */
final class AdapterSlot<T> implements AutoCloseable {
    private static final int THREADS = 4;

    /** Callers that may wait for a thread; the next one is refused at once. */
    private static final int QUEUE = 256;

    private static final long DRAIN_MILLIS = 1000;

    private final String what;
    private final AtomicReference<Bound<T>> current = new AtomicReference<>();

    private record Bound<T>(T adapter, ThreadPoolExecutor pool) {}

    /** @param what names the adapter in messages and thread names, for instance {@code policy} */
    AdapterSlot(String what) {
        this.what = what;
    }

    void bind(T adapter) {
        retire(current.getAndSet(new Bound<>(adapter, newPool())));
    }

    /** Waits a moment for calls under way, so that a swap breaks none. */
    void unbind(T adapter) {
        Bound<T> bound = current.get();
        if (bound != null && bound.adapter() == adapter && current.compareAndSet(bound, null)) {
            retire(bound);
        }
    }

    @Override
    public void close() {
        retire(current.getAndSet(null));
    }

    /** Calls the adapter and waits for its answer, for {@code limit} at most. */
    <R> R call(Duration limit, Function<T, R> question) {
        long end = System.nanoTime() + limit.toNanos();
        Future<R> answer = submit(question);
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unavailable("did not answer within %d ms".formatted(limit.toMillis()), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SallyportException known) {
                throw known;
            }
            throw unavailable("failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private <R> Future<R> submit(Function<T, R> question) {
        while (true) {
            Bound<T> bound = current.get();
            if (bound == null) {
                throw unavailable("is not there; install or start its bundle", null);
            }
            try {
                return bound.pool().submit(() -> question.apply(bound.adapter()));
            } catch (RejectedExecutionException e) {
                if (current.get() == bound) {
                    throw unavailable("has more than %d calls waiting".formatted(QUEUE), e);
                }
                // it was replaced between the look and the call: ask its successor
            }
        }
    }

    private SallyportException unavailable(String how, Throwable cause) {
        return new SallyportException(
                AccessError.PROVIDER_UNAVAILABLE, "The %s adapter %s.".formatted(what, how), cause);
    }

    private ThreadPoolExecutor newPool() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "sallyport-core.access-" + what + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static void retire(Bound<?> bound) {
        if (bound == null) {
            return;
        }
        bound.pool().shutdown();
        try {
            if (!bound.pool().awaitTermination(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                bound.pool().shutdownNow();
            }
        } catch (InterruptedException e) {
            bound.pool().shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
