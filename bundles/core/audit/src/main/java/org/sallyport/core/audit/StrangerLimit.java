package org.sallyport.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Bounds how many records people make whom nobody knows: {@value #BURST} at once and {@value #A_SECOND} a second. What is beyond is counted and told in
 * one record, so nobody fills the disk, or pushes other records out, from outside. Any thread.
 */
final class StrangerLimit {
    static final int BURST = 500;
    static final int A_SECOND = 5;

    /** What was left out. */
    record LeftOut(long count, Instant from, Instant until) {}

    private double left = BURST;
    private Instant at = Instant.MIN;
    private long count;
    private Instant from;
    private Instant until;

    /** Whether a record may be written for it. */
    synchronized boolean admits(Instant now) {
        refill(now);
        if (left < 1) {
            count++;
            from = from == null ? now : from;
            until = now;
            return false;
        }
        left--;
        return true;
    }

    /** What was left out and is not told yet, once there is room for a record again. */
    synchronized Optional<LeftOut> leftOut(Instant now) {
        refill(now);
        if (count == 0 || left < A_SECOND) {
            return Optional.empty();
        }
        LeftOut told = new LeftOut(count, from, until);
        left--;
        count = 0;
        from = null;
        return Optional.of(told);
    }

    private void refill(Instant now) {
        if (at != Instant.MIN && now.isAfter(at)) {
            left = Math.min(BURST, left + Duration.between(at, now).toMillis() * A_SECOND / 1000.0);
        }
        at = now;
    }
}
