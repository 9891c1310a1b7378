package org.sallyport.adapter.identity.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;

/** Lets only so many do expensive work at once; the others wait in order, until their deadline. */
final class Turns {
    private final Semaphore permits;
    private final Clock clock;

    Turns(int atOnce, Clock clock) {
        this.permits = new Semaphore(atOnce, true);
        this.clock = clock;
    }

    /** @throws SallyportException {@code PROVIDER_UNAVAILABLE} when no turn came before the deadline */
    <T> T take(Instant deadline, Supplier<T> work) {
        try {
            long left = Duration.between(clock.instant(), deadline).toMillis();
            if (!permits.tryAcquire(Math.max(0, left), TimeUnit.MILLISECONDS)) {
                throw new SallyportException(
                        AccessError.PROVIDER_UNAVAILABLE, "Too many people sign in at once; try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SallyportException(
                    AccessError.PROVIDER_UNAVAILABLE, "The sign-in was interrupted; try again.", e);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
