package org.sallyport.protocol.stream;

import java.util.Arrays;

/**
 * How many bytes may be on their way, so that what is sent waits only a little behind what was sent before: as in LEDBAT (RFC 6817), the
 * window grows while a round trip takes little longer than the shortest one of the last ten minutes, and shrinks when it takes more
 * than the goal longer. A reader that is slow, as a browser that draws, then has little that is old before its eyes; a fast one, near
 * or far, gets as much as before.
 *
 * <p>Times are milliseconds of one clock that does not jump. One thread at a time.
 */
public final class DelayWindow {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MINUTES = 10;

    /** Below one, as what the window causes is seen a round trip later. */
    private static final double GAIN = 0.5;

    private final double least;
    private final double most;
    private final double goal;
    private final long[] shortest = new long[MINUTES];
    private long minute;
    private double window;

    private DelayWindow(long least, long most, double goal) {
        this.least = least;
        this.most = most;
        this.goal = goal;
        this.window = most;
        forget();
    }

    /** Always so many bytes. */
    public static DelayWindow fixed(long bytes) {
        return new DelayWindow(bytes, bytes, 1);
    }

    /**
     * @param least bytes that may be on their way however long they take
     * @param most bytes with which it begins
     * @param goalMillis by how much longer a round trip may take than the shortest one
     */
    public static DelayWindow ofDelay(long least, long most, long goalMillis) {
        if (least < 1 || most < least || goalMillis < 1) {
            throw new IllegalArgumentException("a window needs 1 to the most bytes and a goal, not %d, %d and %d ms"
                    .formatted(least, most, goalMillis));
        }
        return new DelayWindow(least, most, goalMillis);
    }

    /** Bytes that may be on their way. */
    public long bytes() {
        return (long) window;
    }

    /** The way is another one than before. */
    public void forget() {
        Arrays.fill(shortest, Long.MAX_VALUE);
    }

    /**
     * Books what was acknowledged and had been sent once.
     *
     * @param inFlight bytes that were on their way before this, these included
     */
    public void acknowledged(long bytes, long roundTripMillis, long inFlight, long now) {
        double longer = roundTripMillis - base(Math.max(0, roundTripMillis), now);
        double off = Math.max(-1, (goal - longer) / goal);
        // a window that is not used says nothing about a larger one
        if (off < 0 || inFlight >= window / 2) {
            window = Math.min(most, Math.max(least, window + GAIN * off * bytes));
        }
    }

    /** The shortest round trip of ten minutes, this one included. */
    private long base(long roundTrip, long now) {
        long current = now / MINUTE_MILLIS;
        for (long passed = Math.max(minute + 1, current - MINUTES + 1); passed <= current; passed++) {
            shortest[(int) (passed % MINUTES)] = Long.MAX_VALUE;
        }
        minute = current;
        int at = (int) (current % MINUTES);
        shortest[at] = Math.min(shortest[at], roundTrip);
        return Arrays.stream(shortest).min().orElse(roundTrip);
    }
}
