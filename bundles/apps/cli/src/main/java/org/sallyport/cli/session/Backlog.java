package org.sallyport.cli.session;

/** Counts bytes that came from the network and are not shown yet, so that reading stops before memory fills. Any thread. */
final class Backlog {
    private final long high;
    private final long low;
    private long bytes;
    private boolean paused;

    Backlog(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Returns true when reading is to stop now. */
    synchronized boolean added(int length) {
        bytes += length;
        if (!paused && bytes > high) {
            paused = true;
            return true;
        }
        return false;
    }

    /** Returns true when reading is to go on now. */
    synchronized boolean took(int length) {
        bytes = Math.max(0, bytes - length);
        if (paused && bytes < low) {
            paused = false;
            return true;
        }
        return false;
    }

    /** A new connection starts with nothing. */
    synchronized void clear() {
        bytes = 0;
        paused = false;
    }
}
