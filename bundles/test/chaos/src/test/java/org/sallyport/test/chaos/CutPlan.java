package org.sallyport.test.chaos;

import java.util.Random;

/**
 * When and how one connection breaks: at a byte of one direction or at a time, whatever comes first.
 *
 * @param up whether the offset counts bytes from the side that connected
 * @param offset bytes that pass before
 * @param afterMillis from the acceptance
 * @param silenceMillis how long a black hole lasts
 * @param acceptorFirst which side of a half cut gets the reset
 */
record CutPlan(CutKind kind, boolean up, long offset, long afterMillis, long silenceMillis, boolean acceptorFirst) {
    private static final double TINY = 0.12;
    private static final double LEAST_BYTES = 4_096;
    private static final double MOST_BYTES = 262_144;
    private static final int HANDSHAKE_BYTES = 3_500;
    private static final CutKind[] KINDS = CutKind.values();

    /** @param meanMillis of a connection's life */
    static CutPlan random(Random random, long meanMillis, long longestSilence) {
        boolean up = random.nextBoolean();
        // Some break while TLS or the upgrade is under way, the others anywhere in the stream: frames have no place to
        // hide.
        long offset = random.nextDouble() < TINY
                ? random.nextInt(HANDSHAKE_BYTES)
                : (long) (LEAST_BYTES * Math.pow(MOST_BYTES / LEAST_BYTES, random.nextDouble()));
        long after = (long) Math.min(4.0 * meanMillis, -Math.log(1 - random.nextDouble()) * meanMillis);
        return new CutPlan(
                KINDS[random.nextInt(KINDS.length)],
                up,
                offset,
                50 + after,
                500 + (long) (random.nextDouble() * (longestSilence - 500)),
                random.nextBoolean());
    }
}
