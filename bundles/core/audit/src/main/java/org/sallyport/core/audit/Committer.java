package org.sallyport.core.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the trail. What waits is written together and waits for the disk once, so many callers cost little more than one. The queue
 * holds {@value #QUEUE} drafts; when it is full, callers wait for room within their patience.
 */
final class Committer {
    static final int QUEUE = 1_024;
    private static final int MOST_TOGETHER = 256;
    private static final long IDLE_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** What the thread does beside the writing. */
    interface Duties {
        /** Before the first line, until it succeeds. */
        void open() throws IOException;

        /** Lines to be written before the next ones; empty for most batches. */
        List<Draft> more();

        /** These are on the disk, what {@link #more} gave last included. */
        void written(List<Draft> drafts);

        /** The first of a row of writes that fail. */
        void trouble(IOException e);
    }

    private enum State {
        WAITING,
        TAKEN,
        LEFT
    }

    private static final class Pending {
        private final Draft draft;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile IOException failure;

        Pending(Draft draft) {
            this.draft = draft;
        }
    }

    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Trail trail;
    private final Duties duties;
    private final Thread thread;
    private volatile boolean stopping;
    private boolean opened;
    private volatile boolean troubled;

    Committer(Trail trail, Duties duties) {
        this.trail = trail;
        this.duties = duties;
        this.thread = new Thread(this::run, "sallyport-audit-write-1");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Writes what waits and ends the thread. */
    void stop() throws InterruptedException {
        stopping = true;
        // wakes the thread; it is no record
        Pending nothing = new Pending(null);
        nothing.state.set(State.LEFT);
        queue.offer(nothing);
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Whether the last write failed. */
    boolean troubled() {
        return troubled;
    }

    /** How many wait. */
    int waiting() {
        return queue.size();
    }

    /**
     * Returns when the disk has the line.
     *
     * @throws IOException it is not in the trail, or it is not known whether it is
     */
    void write(Draft draft, long patienceMillis) throws IOException {
        Pending pending = new Pending(draft);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        try {
            if (stopping || !queue.offer(pending, patienceMillis, TimeUnit.MILLISECONDS)) {
                throw new IOException(stopping ? "the trail is being closed" : "too many records wait for the disk");
            }
            boolean done = pending.done.await(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (!done && pending.state.compareAndSet(State.WAITING, State.LEFT)) {
                throw new IOException("the disk did not take it within " + patienceMillis + " ms");
            }
            if (!done) {
                throw new IOException("the disk did not confirm it within " + patienceMillis + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pending.state.compareAndSet(State.WAITING, State.LEFT);
            throw new IOException("interrupted while it waited for the disk", e);
        }
        if (pending.failure != null) {
            throw new IOException(pending.failure.getMessage(), pending.failure);
        }
    }

    private void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                turn(opened || troubled ? IDLE_MILLIS : 1);
            }
            turn(1); // what is left is notes
            trail.stop();
        } catch (InterruptedException e) {
            LOG.warn("The thread that writes the audit trail was interrupted; what waits is not written");
        } catch (IOException e) {
            LOG.warn("The audit trail was not closed well: {}", e.getMessage());
        }
    }

    private void turn(long waitMillis) throws InterruptedException {
        Pending first = queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        List<Pending> batch = new ArrayList<>();
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, MOST_TOGETHER - 1);
            batch.removeIf(p -> !p.state.compareAndSet(State.WAITING, State.TAKEN));
        }
        try {
            open();
            List<Draft> drafts = new ArrayList<>(duties.more());
            batch.forEach(p -> drafts.add(p.draft));
            if (!drafts.isEmpty()) {
                trail.append(drafts);
                troubled = false;
                duties.written(drafts);
            }
            batch.forEach(p -> p.done.countDown());
        } catch (IOException e) {
            failed(batch, e);
        } catch (RuntimeException e) {
            LOG.error("The audit trail failed by a defect of the server", e);
            failed(batch, new IOException("a defect of the server", e));
        }
    }

    private void open() throws IOException {
        if (!opened) {
            duties.open();
            opened = true;
        }
    }

    private void failed(List<Pending> batch, IOException e) {
        if (!troubled) {
            troubled = true;
            duties.trouble(e);
        }
        batch.forEach(p -> {
            p.failure = e;
            p.done.countDown();
        });
    }
}
