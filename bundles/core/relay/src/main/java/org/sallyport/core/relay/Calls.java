package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to other core bundles, off the network threads and off the lanes. Calls with the same key run in order. While the service called
 * is away (it is being swapped) a call waits and is tried again every 250 ms until its own limit; then it is given up.
 *
 * <p>Keys share a fixed number of rows, each of at most {@link #ROW} calls. A full row refuses: the caller says what that means.
 */
final class Calls {
    static final int ROWS = 64;
    static final int ROW = 4_096;
    static final long RETRY_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private record Call(String key, String what, Runnable work, Runnable gaveUp, long until) {}

    private final Executor pool;
    private final Timer timer;
    private final Row[] rows = new Row[ROWS];

    Calls(Executor pool, Timer timer) {
        this.pool = pool;
        this.timer = timer;
        for (int i = 0; i < ROWS; i++) {
            rows[i] = new Row();
        }
    }

    /**
     * @param what for the log
     * @param work throws {@code SERVICE_AWAY} to be tried again; any other exception is logged and ends the call
     * @param limitMillis how long it may wait for the service
     * @param gaveUp runs instead, once, when the limit is over
     * @return false when the row is full; then nothing runs
     */
    boolean post(String key, String what, Runnable work, long limitMillis, Runnable gaveUp) {
        return rows[Math.floorMod(key.hashCode(), ROWS)].add(
                new Call(key, what, work, gaveUp, timer.millis() + limitMillis));
    }

    private final class Row {
        private final Deque<Call> waiting = new ArrayDeque<>();
        private boolean scheduled;

        boolean add(Call call) {
            synchronized (waiting) {
                if (waiting.size() >= ROW) {
                    LOG.warn("{} not done: {} calls wait already", call.what(), ROW);
                    return false;
                }
                waiting.add(call);
                if (scheduled) {
                    return true;
                }
                scheduled = true;
            }
            schedule();
            return true;
        }

        private void schedule() {
            try {
                pool.execute(this::turn);
            } catch (RejectedExecutionException e) {
                LOG.debug("calls stop with their pool", e);
            }
        }

        private void turn() {
            Call call;
            synchronized (waiting) {
                call = waiting.peek();
            }
            if (!done(call)) {
                timer.after(RETRY_MILLIS, this::schedule);
                return;
            }
            synchronized (waiting) {
                waiting.poll();
                scheduled = !waiting.isEmpty();
                if (!scheduled) {
                    return;
                }
            }
            schedule();
        }

        private boolean done(Call call) {
            try {
                LogContext.run(call.key(), call.work());
            } catch (SallyportException e) {
                if (e.code() == CommonError.SERVICE_AWAY && timer.millis() < call.until()) {
                    return false;
                }
                LOG.warn("{} failed: {}", call.what(), e.getMessage());
                giveUp(call);
            } catch (RuntimeException e) {
                LOG.error("{} failed", call.what(), e);
                giveUp(call);
            }
            return true;
        }

        private void giveUp(Call call) {
            try {
                call.gaveUp().run();
            } catch (RuntimeException e) {
                LOG.error("giving up {} failed", call.what(), e);
            }
        }
    }
}
