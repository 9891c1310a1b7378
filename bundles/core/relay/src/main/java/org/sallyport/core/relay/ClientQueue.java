package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What waits for the client: everything while it is away, and for a moment whatever follows HandshakeComplete (data-channel
 * specification, 8.2 rules 2, 3 and 7). Pure; time is passed in; lane only. Bounded by its caller, which knows the socket's queue as well.
 *
 * <p>After HandshakeComplete a port client sets up its multiplexer and dies on any message that arrives meanwhile, an acknowledgement
 * too. So, for port sessions: HandshakeComplete waits shortly for the node's acknowledgement of the HandshakeResponse, which moves ahead of
 * it; then nothing is written for {@link #SILENT_MILLIS}; then acknowledgements pass ahead of what is held, less than a resend later; the rest
 * follows after {@link #HOLD_MILLIS}, in order.
 */
final class ClientQueue {
    static final long HOLD_MILLIS = 200;
    static final long SILENT_MILLIS = 100;
    static final long COMPLETE_WAIT_MILLIS = 50;

    private final boolean hold;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final Set<Long> data = new HashSet<>();
    private long bytes;
    private boolean responsePending;
    private long completeSince = -1;
    private long silentUntil = Long.MIN_VALUE;
    private long heldUntil = Long.MIN_VALUE;

    /** @param hold whether the session is one whose client needs the silence */
    ClientQueue(boolean hold) {
        this.hold = hold;
    }

    /** The client's HandshakeResponse went to the node. */
    void responseRelayed() {
        responsePending = hold;
    }

    /** Whether an acknowledgement from the node is to be looked into, see {@link #responseAcknowledged}. */
    boolean awaitsResponse() {
        return responsePending;
    }

    void responseAcknowledged() {
        responsePending = false;
    }

    /** Whether that output waits here already; then a repeat of it is not needed. */
    boolean holds(long sequence) {
        return data.contains(sequence);
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Frame frame) {
        waiting.add(frame);
        bytes += frame.size();
        if (!frame.acknowledgement()) {
            data.add(frame.header().sequenceNumber());
        }
    }

    /** The next message that may be written now. */
    Optional<Frame> poll(long now) {
        if (waiting.isEmpty() || now < silentUntil) {
            return Optional.empty();
        }
        if (now < heldUntil) {
            return firstAcknowledgement();
        }
        if (hold && waiting.peek().handshakeComplete()) {
            Optional<Frame> ahead = firstAcknowledgement();
            if (ahead.isPresent() || completeWaits(now)) {
                return ahead;
            }
        }
        Frame next = taken(waiting.poll());
        if (hold && next.handshakeComplete()) {
            completeSince = -1;
            silentUntil = now + SILENT_MILLIS;
            heldUntil = now + HOLD_MILLIS;
        }
        return Optional.of(next);
    }

    /** When {@link #poll} is worth another try; empty when nothing waits. */
    OptionalLong next(long now) {
        if (waiting.isEmpty()) {
            return OptionalLong.empty();
        }
        if (now < silentUntil) {
            return OptionalLong.of(silentUntil);
        }
        if (now < heldUntil) {
            return OptionalLong.of(heldUntil);
        }
        return OptionalLong.of(completeSince < 0 ? now : completeSince + COMPLETE_WAIT_MILLIS);
    }

    private boolean completeWaits(long now) {
        if (!responsePending) {
            return false;
        }
        if (completeSince < 0) {
            completeSince = now;
        }
        return now < completeSince + COMPLETE_WAIT_MILLIS;
    }

    private Optional<Frame> firstAcknowledgement() {
        for (Iterator<Frame> i = waiting.iterator(); i.hasNext(); ) {
            Frame frame = i.next();
            if (frame.acknowledgement()) {
                i.remove();
                return Optional.of(taken(frame));
            }
        }
        return Optional.empty();
    }

    private Frame taken(Frame frame) {
        bytes -= frame.size();
        if (!frame.acknowledgement()) {
            data.remove(frame.header().sequenceNumber());
        }
        return frame;
    }
}
