package org.sallyport.core.relay;

/**
 * Keeps the order to a client that needs it: a message ahead of a gap is not sent, since it is in the journal, and all are replayed from
 * there once the gap is filled. A node's own program makes such gaps when it comes back: it goes on with its newest message and repeats the
 * older ones later. Lane only.
 */
final class CatchUp {
    /** How long the order is kept; a gap that nobody fills must not stop the session. */
    static final long PATIENCE_MILLIS = 5_000;

    private static final long NONE = -1;

    private final ClientProgress progress;
    private final Timer timer;
    private long gap = NONE;
    private long since;
    private boolean impatient;

    CatchUp(ClientProgress progress, Timer timer) {
        this.progress = progress;
        this.timer = timer;
    }

    /** Whether the message may be sent now. */
    boolean passes(Frame frame) {
        if (frame.acknowledgement() || impatient || !progress.needsOrder()) {
            return true;
        }
        long next = progress.nextInOrder();
        if (frame.header().sequenceNumber() <= next) {
            return true;
        }
        if (gap == NONE) {
            gap = next;
            since = timer.millis();
        }
        return false;
    }

    /** Whether something was not sent that may be sent now. */
    boolean due() {
        if (gap == NONE) {
            return false;
        }
        impatient |= timer.millis() - since >= PATIENCE_MILLIS;
        return impatient || !progress.needsOrder() || progress.nextInOrder() > gap;
    }

    /** All that was not sent comes again from the journal. */
    void replayed() {
        gap = NONE;
    }

    /** The client has another connection. */
    void connected() {
        gap = NONE;
        impatient = false;
    }
}
