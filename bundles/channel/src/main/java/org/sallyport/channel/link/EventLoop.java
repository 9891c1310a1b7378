package org.sallyport.channel.link;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MINA I/O processor that also runs tasks on its own thread, between two selections. All state of the connections on it, read interest
 * above all, is touched by that thread alone: MINA loses wake-ups when two threads change it.
 *
 * <p>The thread lives while there is a connection. Tasks of a connection that is gone are harmless and run with the next one; each
 * connection has at most one of a kind waiting, which bounds the queue.
 */
public final class EventLoop extends NioProcessor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final long TICK_MILLIS = 250;

    private final ExecutorService threads;
    private final String threadName;
    private final Runnable tick;
    private final Object lock = new Object();
    private Queue<Runnable> tasks = new ArrayDeque<>();
    private Queue<Runnable> running = new ArrayDeque<>();
    private long lastTick = System.nanoTime();

    private EventLoop(String threadName, ExecutorService threads, Runnable tick) {
        super(threads);
        this.threads = threads;
        this.threadName = threadName;
        this.tick = tick;
    }

    /** @param tick called on the loop's thread about four times a second while there are connections */
    public static EventLoop named(String threadName, Runnable tick) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        return new EventLoop(threadName, threads, tick);
    }

    /** Runs a task on the loop's thread, after what it does now. */
    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            tasks.add(task);
        }
        wakeup();
    }

    @Override
    protected int select(long timeout) throws Exception {
        if (!threadName.equals(Thread.currentThread().getName())) {
            // MINA names its threads after the class while they run.
            Thread.currentThread().setName(threadName);
        }
        int selected = super.select(Math.min(timeout, TICK_MILLIS));
        synchronized (lock) {
            Queue<Runnable> next = tasks;
            tasks = running;
            running = next;
        }
        for (Runnable task = running.poll(); task != null; task = running.poll()) {
            run(task);
        }
        long now = System.nanoTime();
        if (now - lastTick >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
            lastTick = now;
            run(tick);
        }
        return selected;
    }

    /**
     * MINA looks through all connections, and in the end moves them to a new selector, when a selection ends early with nothing selected, since
     * Java's once spun. It no longer does; what ends ours early is a task, and with thousands of connections each look costs more than the task.
     */
    @Override
    protected boolean isBrokenConnection() {
        return false;
    }

    /** As {@link #isBrokenConnection}. */
    @Override
    protected void registerNewSelector() {
        // The selector stays.
    }

    /** A reset is an end like another; MINA would log it as an error. */
    @Override
    protected int read(NioSession session, IoBuffer into) throws Exception {
        try {
            return super.read(session, into);
        } catch (IOException e) {
            LOG.trace("Connection {} failed while reading", session.getId(), e);
            return -1;
        }
    }

    /** As {@link #read}: the connection is closed, its unsent bytes with it. */
    @Override
    protected int write(NioSession session, IoBuffer from, int length) throws IOException {
        try {
            return super.write(session, from, length);
        } catch (IOException e) {
            LOG.trace("Connection {} failed while writing", session.getId(), e);
            session.closeNow();
            return 0;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the network thread failed", e);
        }
    }

    /** Drops all connections at once and ends the thread; waits for it no longer than this. */
    public void stop(long timeoutMillis) {
        Thread disposer = new Thread(this::dispose, threadName + "-stop");
        disposer.setDaemon(true);
        disposer.start();
        try {
            disposer.join(timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
