package org.sallyport.protocol.stream;

/** Smoothed round-trip time and the retransmission time-out that follows from it, in milliseconds. */
final class RoundTripTimer {
    private static final double RTT_SMOOTHING = 1.0 / 8;
    private static final double VARIATION_SMOOTHING = 1.0 / 4;
    private static final double MIN_VARIATION = 10;
    private static final double MAX_TIMEOUT = 1_000;

    private double roundTrip = 100;
    private double variation;
    private double timeout = 200;

    void sample(long millis) {
        double measured = Math.max(0, millis);
        variation = (1 - VARIATION_SMOOTHING) * variation + VARIATION_SMOOTHING * Math.abs(roundTrip - measured);
        roundTrip = (1 - RTT_SMOOTHING) * roundTrip + RTT_SMOOTHING * measured;
        timeout = Math.min(MAX_TIMEOUT, roundTrip + Math.max(MIN_VARIATION, 4 * variation));
    }

    long timeoutMillis() {
        return Math.round(timeout);
    }
}
