package org.sallyport.channel.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one connection still has to write, and the account of it. Any thread.
 *
 * <p>A byte is counted from the moment it is accepted to the moment the socket has it, never twice and never not at all: as plain text
 * until the batch that holds it is encrypted, then as its part of the encrypted bytes. So the account grows by what is accepted and by
 * what TLS adds to a batch, and by nothing else.
 */
final class SendQueue {
    static final int IN_FLIGHT = 128 * 1024;

    /** What became of bytes that were offered. */
    enum Offer {
        BELOW_MARK,
        ABOVE_MARK,
        /** Accepted, but the connection is to end: its peer does not read and its sender does not heed the marks. */
        OVER_LIMIT,
        REFUSED
    }

    private final Deque<ByteBuffer> plain = new ArrayDeque<>();
    private long waiting;
    private long encrypting;
    private long inFlight;
    private boolean blocked;
    private boolean closed;

    synchronized Offer add(ByteBuffer bytes) {
        if (closed) {
            return Offer.REFUSED;
        }
        plain.add(bytes);
        waiting += bytes.remaining();
        if (bytes() > Link.LIMIT) {
            return Offer.OVER_LIMIT;
        }
        boolean below = bytes() < Link.HIGH_MARK;
        blocked |= !below;
        return below ? Offer.BELOW_MARK : Offer.ABOVE_MARK;
    }

    synchronized long bytes() {
        return waiting + encrypting + inFlight;
    }

    /** Up to one batch of what waits, so that small messages share TLS records and writes; null for nothing now. */
    synchronized ByteBuffer nextBatch(Scratch scratch) {
        if (plain.isEmpty() || inFlight >= IN_FLIGHT) {
            return null;
        }
        ByteBuffer batch = scratch.plain();
        while (batch.hasRemaining() && !plain.isEmpty()) {
            ByteBuffer head = plain.peek();
            int count = Math.min(batch.remaining(), head.remaining());
            batch.put(head.slice(head.position(), count));
            head.position(head.position() + count);
            if (!head.hasRemaining()) {
                plain.remove();
            }
        }
        batch.flip();
        waiting -= batch.remaining();
        encrypting = batch.remaining();
        return batch;
    }

    /** Bytes go to the socket: the last batch, encrypted, or bytes of the handshake. */
    synchronized void handedOver(int bytes) {
        encrypting = 0;
        inFlight += bytes;
    }

    /** The socket has taken bytes that were handed over. */
    synchronized void written(int bytes) {
        inFlight -= bytes;
    }

    /** True once after the high mark was reached, when the low mark is passed on the way down. */
    synchronized boolean drained() {
        boolean drained = blocked && !closed && bytes() < Link.LOW_MARK;
        blocked &= !drained;
        return drained;
    }

    /** Nothing more is accepted. */
    synchronized void close() {
        closed = true;
    }

    /** Whether nothing is accepted any more and all that was is written. */
    synchronized boolean finished() {
        return closed && plain.isEmpty() && inFlight == 0;
    }

    /** Drops what has not been handed over; after {@code gone} what was handed over as well. */
    synchronized void drop(boolean gone) {
        plain.clear();
        waiting = 0;
        encrypting = 0;
        inFlight = gone ? 0 : inFlight;
    }
}
