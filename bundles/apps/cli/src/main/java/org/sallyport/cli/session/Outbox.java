package org.sallyport.cli.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * What goes to the node: the reliable stream, and before it what the stream or the connection has no place for yet. Nothing is dropped:
 * keys are bounded by {@link Room}, of sizes only the newest waits, and of handshake answers there is one. On the session's lane only.
 */
final class Outbox {
    private record Waiting(int payloadType, byte[] payload) {}

    private final StreamSettings settings;
    private final Room room;
    private final Predicate<AgentMessage> wire;
    private final LongSupplier clock;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<AgentMessage> again = new ArrayDeque<>();
    private StreamSender sender;
    private boolean placed = true;
    private boolean connected;
    private boolean choked;

    /** @param wire sends a message; false when the connection wants no more for now */
    Outbox(StreamSettings settings, Room room, Predicate<AgentMessage> wire, LongSupplier clock) {
        this.settings = settings;
        this.sender = new StreamSender(settings, MessageTypes.INPUT_STREAM_DATA);
        this.room = room;
        this.wire = wire;
        this.clock = clock;
        disconnected();
    }

    /** Nothing is numbered until {@link #place}: another client had the session before. */
    void unplaced() {
        placed = false;
    }

    /** @param first number of the first message */
    void place(long first) {
        sender = new StreamSender(settings, MessageTypes.INPUT_STREAM_DATA, first);
        placed = true;
    }

    void keys(byte[] chunk) {
        waiting.addLast(new Waiting(PayloadType.OUTPUT, chunk));
        drain();
    }

    void size(TerminalSize size) {
        waiting.removeIf(one -> one.payloadType() == PayloadType.SIZE);
        urgent(PayloadType.SIZE, size.toJson());
    }

    /** Goes before all keys that wait. */
    void urgent(int payloadType, byte[] payload) {
        waiting.addFirst(new Waiting(payloadType, payload));
        drain();
    }

    void acknowledged(long sequence) {
        sender.acknowledged(sequence, clock.getAsLong());
        drain();
    }

    /**
     * There is nobody to send to: the stream still takes what is typed, so that the keyboard is read and {@code ~.} is found. Resends rest;
     * an outage does not count against their limit.
     */
    void disconnected() {
        connected = false;
        choked = false;
        again.clear();
        sender.pause();
    }

    /**
     * A new connection: what was not acknowledged goes once more, in order, as fast as the connection takes it and before anything new. At
     * most a window of {@link StreamSettings#outgoingMessages} is kept for that.
     */
    void connected() {
        connected = true;
        again.clear();
        again.addAll(sender.reconnected(clock.getAsLong()));
        drain();
    }

    /** The connection takes messages again. */
    void writable() {
        choked = false;
        drain();
    }

    void tick() {
        if (connected && !choked && again.isEmpty()) {
            sender.tick(clock.getAsLong()).forEach(this::write);
        }
    }

    /** Whether the node did not take a message for so long that it never will. */
    boolean exhausted() {
        return sender.exhausted();
    }

    /** When the oldest message that is not acknowledged was first sent; empty when there is none. */
    OptionalLong oldest() {
        return sender.oldestSent();
    }

    private void drain() {
        while (!choked && !again.isEmpty()) {
            write(again.removeFirst());
        }
        // Without a connection the stream still takes what is new: what it numbers goes when there is one.
        while (placed && !choked && !waiting.isEmpty() && !sender.full()) {
            Waiting next = waiting.removeFirst();
            write(sender.send(next.payloadType(), next.payload(), clock.getAsLong()));
            if (next.payloadType() == PayloadType.OUTPUT) {
                room.give();
            }
        }
    }

    private void write(AgentMessage message) {
        if (connected) {
            choked |= !wire.test(message);
        }
    }
}
