package org.sallyport.channel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Pauses between tries: doubled each time up to a cap, each with a random part, so that many clients of a server that comes back do not
 * come at once. Not thread-safe.
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final Duration first;
    private final Duration cap;
    private final DoubleSupplier random;
    private int tries;

    /**
     * @param first pause before the second try, before jitter
     * @param cap longest pause, before jitter
     */
    public Backoff(Duration first, Duration cap) {
        this(first, cap, () -> ThreadLocalRandom.current().nextDouble());
    }

    Backoff(Duration first, Duration cap, DoubleSupplier random) {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("The first pause must be positive and not longer than the cap");
        }
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /** The next pause: between half of and the whole of {@code min(cap, first * 2^n)}. */
    public Duration next() {
        long full = Math.min(cap.toMillis(), saturatedShift(first.toMillis(), Math.min(tries, MAX_DOUBLINGS)));
        tries++;
        return Duration.ofMillis(full / 2 + (long) (random.getAsDouble() * (full - full / 2)));
    }

    /** To be called after a success: the next pause is a first one. */
    public void reset() {
        tries = 0;
    }

    private static long saturatedShift(long value, int bits) {
        return value > Long.MAX_VALUE >> bits ? Long.MAX_VALUE : value << bits;
    }
}
