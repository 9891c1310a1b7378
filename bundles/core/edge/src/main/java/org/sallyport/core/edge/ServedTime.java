package org.sallyport.core.edge;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nanoseconds for limits on peers. They pass a sixth as fast while the web server's threads are behind with what they were given, so that
 * nobody is closed for a delay of the server's own; who overloads it to stay for longer gains a minute instead of ten seconds. Read by any
 * thread, {@link #tick} by one, about once a second. Never goes back.
 */
final class ServedTime implements LongSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(ServedTime.class);
    private static final Duration BEHIND = Duration.ofMillis(500);
    private static final int SLOWER = 6;

    private final LongSupplier nanoTime;
    private volatile Moment moment;
    private volatile Executor threads;
    private Probe probe;

    /** Since when time passes at which pace. */
    private record Moment(long served, long real, int divisor) {
        long at(long now) {
            return served + (now - real) / divisor;
        }
    }

    /** Something to do for the threads; how long it waited tells how far they are behind. */
    private final class Probe implements Runnable {
        private final Executor at;
        private final long given = nanoTime.getAsLong();
        private long taken;
        private volatile boolean done;

        Probe(Executor at) {
            this.at = at;
        }

        @Override
        public void run() {
            taken = nanoTime.getAsLong();
            done = true;
        }

        boolean late(long now) {
            return (done ? taken : now) - given > BEHIND.toNanos();
        }
    }

    ServedTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.moment = new Moment(0, nanoTime.getAsLong(), 1);
    }

    /** The threads that serve from now on; null while none do, so that nothing of a web server that is gone stays here. */
    void servedBy(Executor serving) {
        threads = serving;
    }

    @Override
    public long getAsLong() {
        return moment.at(nanoTime.getAsLong());
    }

    /** Looks whether the threads keep up. */
    void tick() {
        long now = nanoTime.getAsLong();
        Executor serving = threads;
        boolean current = probe != null && probe.at == serving;
        boolean behind = current && probe.late(now);
        moment = new Moment(moment.at(now), now, behind ? SLOWER : 1);
        if (!current || probe.done) {
            probe = serving == null ? null : asked(serving);
        }
    }

    private Probe asked(Executor serving) {
        Probe next = new Probe(serving);
        try {
            serving.execute(next);
            return next;
        } catch (RejectedExecutionException e) {
            LOG.debug("The web server stops", e);
            return null;
        }
    }
}
