package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.sallyport.core.relay.Inference.Known;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.PayloadType;

/** How much of the output the client has: what it acknowledged, and what follows from what it did. Lane only. */
final class ClientProgress {
    /** How long after a pong an acknowledgement may still come that was due before it. */
    static final long SETTLE_MILLIS = 500;

    /** At most so many of a session's first messages, in either direction, belong to the handshake (data-channel specification, 5.2). */
    private static final long HANDSHAKE_OUTPUT = 3;

    private static final long HANDSHAKE_INPUT = 2;

    private final OpenJournal journal;
    private final JournalGate gate;
    private final Timer timer;
    private final Lane lane;
    private final Consumer<Known> inferred;
    private final NumberRanges acknowledged = new NumberRanges();
    private final Inference inference;
    private DataChannel client;
    private boolean used;
    private boolean asked;
    private boolean handshake;
    private long nextInOrder;
    private long lowestSent = Long.MAX_VALUE;
    private long highestSent = -1;

    /**
     * @param handshake whether the session surely begins with one
     * @param inferred the client has a message that it did not acknowledge
     */
    ClientProgress(
            boolean handshake,
            OpenJournal journal,
            JournalGate gate,
            Timer timer,
            Lane lane,
            Consumer<Known> inferred) {
        this.handshake = handshake;
        this.journal = journal;
        this.gate = gate;
        this.timer = timer;
        this.lane = lane;
        this.inferred = inferred;
        this.inference = new Inference(journal.restarted());
    }

    /** A client's new connection, or null when it went. */
    void client(DataChannel attached) {
        client = attached;
        asked = false;
        nextInOrder = 0;
        if (client != null) {
            inference.connected();
        }
    }

    /** Whether an earlier connection may have got output that this one must get again. */
    boolean mayHaveMissed() {
        return highestSent >= 0 || journal.restarted();
    }

    void sent(Frame frame, boolean fromJournal) {
        long sequence = frame.header().sequenceNumber();
        lowestSent = Math.min(lowestSent, sequence);
        highestSent = Math.max(highestSent, sequence);
        handshake |= handshake(frame);
        // Who asks for notices is one of our clients. These acknowledge repeats, so nothing is to be concluded; and a
        // browser answers pings
        // while its page does not run.
        boolean silent = client != null && !client.wantsNotices();
        inference.sent(sequence, frame.header().messageId(), fromJournal, silent && (ready() || handshake(frame)));
    }

    /** Whether the message was sent to the client on this connection. */
    boolean sentNow(long sequence) {
        return inference.sentNow(sequence);
    }

    /** Input of the person's or of the terminal comes only from a client that handles output. */
    void input(Frame frame) {
        int type = frame.header().payloadType();
        used |= type == PayloadType.OUTPUT || type == PayloadType.SIZE;
    }

    void acknowledged(long sequence) {
        acknowledged.add(sequence);
        inference.acknowledged(sequence);
        conclude(inference.followsFrom(sequence));
    }

    /** Whether the client acknowledged the message, in this life of the relay or an earlier one, or must have it. */
    boolean has(long sequence) {
        return acknowledged.contains(sequence) || journal.isAcknowledged(DataEnd.NODE, sequence);
    }

    /**
     * Whether the client may lose what comes out of order. It does until its handshake is over: what it keeps meanwhile it takes from its
     * buffer before it is ready, or leaves out the handshake's logic (data-channel specification, 3.6).
     */
    boolean needsOrder() {
        return (handshake || journal.restarted()) && !ready();
    }

    /** The lowest number that the client does not have and that was not sent to it on this connection. */
    long nextInOrder() {
        while (has(nextInOrder) || inference.sentNow(nextInOrder)) {
            nextInOrder++;
        }
        return nextInOrder;
    }

    /** The lowest number that the client does not have. */
    long firstMissing() {
        long first = acknowledged.missing(0);
        while (has(first)) {
            first = acknowledged.missing(first + 1);
        }
        return first;
    }

    /** The highest number that the client has; -1 without any. */
    long highestHad() {
        return Math.max(acknowledged.highest(), journal.highestAcknowledged(DataEnd.NODE));
    }

    /** Whether everything sent in this life of the relay is acknowledged. */
    boolean complete() {
        return highestSent < 0 || acknowledged.covers(lowestSent, highestSent);
    }

    /** Whether more should be sent again only when this client was heard. */
    boolean crowded() {
        return inference.crowded();
    }

    /** After something was sent: asks whether it was read, if that tells anything. */
    void ask() {
        if (client != null && !asked && inference.watching()) {
            asked = true;
            client.ping(
                    ByteBuffer.allocate(Long.BYTES).putLong(inference.place()).flip());
        }
    }

    /** The client has read all that was sent before {@link #ask}. True when something followed. */
    void pong(DataChannel from, long place, Runnable settled) {
        if (from == client && asked) {
            timer.after(
                    SETTLE_MILLIS,
                    () -> lane.execute(() -> {
                        if (from == client && asked) {
                            asked = false;
                            conclude(inference.readUpTo(place));
                            settled.run();
                        }
                    }));
        }
    }

    /**
     * Whether the client handles output. Before, it drops it in silence, while it acknowledges what is out of order (data-channel
     * specification, 3.6, 5.1 and 7.2).
     */
    private boolean ready() {
        return used || gate.recorded(DataEnd.CLIENT, HANDSHAKE_INPUT) || handled();
    }

    /** In their turn these are acknowledged without a handler. */
    private static boolean handshake(Frame frame) {
        int type = frame.header().payloadType();
        return type == PayloadType.HANDSHAKE_REQUEST
                || type == PayloadType.HANDSHAKE_COMPLETE
                || type == PayloadType.CHALLENGE_REQUEST;
    }

    private boolean handled() {
        for (long n = 0; n <= HANDSHAKE_OUTPUT; n++) {
            if (!has(n)) {
                return false;
            }
        }
        return true;
    }

    private void conclude(List<Known> known) {
        for (Known one : known) {
            acknowledged.add(one.sequence());
            inferred.accept(one);
        }
    }
}
