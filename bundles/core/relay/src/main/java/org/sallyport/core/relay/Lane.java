package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order they came, on a shared pool. Tasks do not block. Any thread may add; a task that throws is
 * logged and the next one runs.
 */
final class Lane {
    /** Most tasks of frames that wait; see {@link #offer}. */
    static final int CAPACITY = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger("sallyport.lanes");
    private static final int TURN = 256;

    private final Executor pool;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean scheduled;

    Lane(Executor pool) {
        this.pool = pool;
    }

    /** Adds a frame's task. False when {@link #CAPACITY} tasks wait: the caller closes the connection, whose peer then resends. */
    boolean offer(Runnable task) {
        return add(task, CAPACITY);
    }

    /** Adds a task that must not be lost. There are a few for each connection, so no bound of their own is needed. */
    void execute(Runnable task) {
        add(task, Integer.MAX_VALUE);
    }

    private boolean add(Runnable task, int capacity) {
        synchronized (waiting) {
            if (waiting.size() >= capacity) {
                return false;
            }
            waiting.add(task);
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
            LOG.debug("lane stops with its pool", e);
        }
    }

    /** A bounded turn, so that a busy session does not keep a thread from the others. */
    private void turn() {
        for (int i = 0; i < TURN; i++) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    scheduled = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task of a lane failed", e);
            }
        }
        schedule();
    }
}
