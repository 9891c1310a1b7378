package org.sallyport.core.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Milliseconds since people and nodes can reach the server, 0 until then: while its ports are closed nobody can be late. Any thread. */
final class ServingClock implements LongSupplier {
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile long nanos;
    private volatile boolean runs;

    /** False when it had begun. */
    boolean begin() {
        if (!begun.compareAndSet(false, true)) {
            return false;
        }
        nanos = System.nanoTime();
        runs = true;
        return true;
    }

    @Override
    public long getAsLong() {
        return runs ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos) : 0;
    }
}
