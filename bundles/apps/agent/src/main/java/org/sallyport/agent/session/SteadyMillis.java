package org.sallyport.agent.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Milliseconds since 1970 that do not jump when the machine's clock is set. Any thread. */
public final class SteadyMillis implements LongSupplier {
    private final long epochMillis = System.currentTimeMillis();
    private final long nanos = System.nanoTime();

    @Override
    public long getAsLong() {
        return epochMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
