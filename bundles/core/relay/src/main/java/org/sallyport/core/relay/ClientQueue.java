package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What waits for the client: everything while it is away, and for a moment whatever follows HandshakeComplete (data-channel
 * specification, 8.2 rules 2, 3 and 7). What is replayed goes before it. Pure; time is passed in; lane only. Bounded by its caller, which
 * knows the socket's queue as well.
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
    private final Deque<Frame> again = new ArrayDeque<>();
    private final Set<Long> data = new HashSet<>();
    private long bytes;
    private boolean held;
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
        return waiting.isEmpty() && again.isEmpty();
    }

    /** Data that is added waits from now on, whatever is replayed passes it. */
    void hold() {
        held = true;
    }

    /** Nothing more is replayed. */
    void release() {
        held = false;
    }

    /** Messages of the journal, to be written before everything that waits. */
    void replay(List<Frame> frames) {
        again.addAll(frames);
    }

    /** Whether something replayed waits. */
    boolean replaying() {
        return !again.isEmpty();
    }

    /** The connection that it was meant for has gone. */
    void forgetReplay() {
        again.clear();
        held = false;
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
        if (isEmpty() || now < silentUntil) {
            return Optional.empty();
        }
        if (now < heldUntil || nothingDue()) {
            return firstAcknowledgement();
        }
        Frame next = again.isEmpty() ? waiting.peek() : again.peek();
        if (hold && next.handshakeComplete()) {
            Optional<Frame> ahead = firstAcknowledgement();
            if (ahead.isPresent() || completeWaits(now)) {
                return ahead;
            }
        }
        if (again.poll() == null) {
            taken(waiting.poll());
        }
        if (hold && next.handshakeComplete()) {
            completeSince = -1;
            silentUntil = now + SILENT_MILLIS;
            heldUntil = now + HOLD_MILLIS;
        }
        return Optional.of(next);
    }

    /** When {@link #poll} is worth another try; empty when nothing waits for its time. */
    OptionalLong next(long now) {
        if (isEmpty()) {
            return OptionalLong.empty();
        }
        if (now < silentUntil) {
            return OptionalLong.of(silentUntil);
        }
        if (now < heldUntil) {
            return OptionalLong.of(heldUntil);
        }
        if (nothingDue()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(completeSince < 0 ? now : completeSince + COMPLETE_WAIT_MILLIS);
    }

    /** What waits is data that must let the replay pass. */
    private boolean nothingDue() {
        return held && again.isEmpty();
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
