package org.sallyport.protocol.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

/**
 * Puts the messages of one direction in order and says which to acknowledge (data-channel specification, section 3.6). Lives as
 * long as the session, over all reconnects.
 *
 * <p>Handle first, then acknowledge: what is in {@link Received#deliver} is handled in order, then {@link Received#acknowledge} is
 * sent. A handler that cannot take a message calls {@link #refuse} with its number and does not send that acknowledgement; the
 * other end sends it again.
 *
 * <p>One thread at a time.
 */
public final class StreamReceiver {
    private final StreamSettings settings;
    private final Map<Long, AgentMessage> early = new TreeMap<>();
    private List<AgentMessage> delivered = List.of();
    private boolean newestIsFirst;
    private long expected;
    private long earlyBytes;

    /**
     * What to do with a message.
     *
     * @param deliver messages whose turn it is, in order
     * @param acknowledge messages to acknowledge after that; empty when the message was dropped
     */
    public record Received(List<AgentMessage> deliver, List<AgentMessage> acknowledge) {
        private static final Received NOTHING = new Received(List.of(), List.of());

        public Received {
            deliver = List.copyOf(deliver);
            acknowledge = List.copyOf(acknowledge);
        }
    }

    public StreamReceiver(StreamSettings settings) {
        this(settings, 0);
    }

    /** @param first number of the message whose turn it is; what is below counts as a duplicate */
    public StreamReceiver(StreamSettings settings, long first) {
        this.settings = settings;
        this.expected = first;
    }

    /**
     * What is needed to go on in another process.
     *
     * @param expected number of the message whose turn is next
     * @param early messages that were acknowledged before their turn
     */
    public record Saved(long expected, List<AgentMessage> early) {
        public Saved {
            early = List.copyOf(early);
        }
    }

    /** Goes on where another one stood. */
    public StreamReceiver(StreamSettings settings, Saved saved) {
        this(settings, saved.expected());
        for (AgentMessage message : saved.early()) {
            early.put(message.sequenceNumber(), message);
            earlyBytes += message.payload().length;
        }
    }

    /** Where it stands now; after a delivery only when all of it was handled or refused. */
    public Saved save() {
        return new Saved(expected, List.copyOf(early.values()));
    }

    /** Takes a stream message. One that is too far ahead, or does not fit into the buffer, is dropped: it comes again. */
    public Received frame(AgentMessage message) {
        long sequence = message.sequenceNumber();
        if (sequence < 0) {
            return Received.NOTHING;
        }
        if (sequence < expected) {
            boolean again = settings.duplicates() == Duplicates.ACKNOWLEDGE;
            return again ? new Received(List.of(), List.of(message)) : Received.NOTHING;
        }
        if (sequence > expected) {
            return keep(message) ? new Received(List.of(), List.of(message)) : Received.NOTHING;
        }
        boolean alreadyKept = early.containsKey(sequence);
        if (alreadyKept) {
            return new Received(drain(), List.of(message));
        }
        expected++;
        List<AgentMessage> turn = new ArrayList<>(List.of(message));
        turn.addAll(drain());
        delivered = turn;
        newestIsFirst = true;
        return new Received(turn, List.of(message));
    }

    /**
     * The handler did not take a message of the last delivery, nor those after it. They come again: the new one from the other end,
     * which must not get an acknowledgement for it, and those that were acknowledged early from {@link #drain}.
     *
     * @param sequenceNumber of the first one that was not taken
     * @throws IllegalArgumentException when it is not of the last delivery
     */
    public void refuse(long sequenceNumber) {
        if (delivered.stream().noneMatch(message -> message.sequenceNumber() == sequenceNumber)) {
            throw new IllegalArgumentException("%d is not of the last delivery".formatted(sequenceNumber));
        }
        for (AgentMessage message : delivered) {
            boolean sentAgain = newestIsFirst && message == delivered.get(0);
            if (message.sequenceNumber() >= sequenceNumber && !sentAgain) {
                early.put(message.sequenceNumber(), message);
                earlyBytes += message.payload().length;
            }
        }
        expected = sequenceNumber;
        delivered = List.of();
    }

    /** Messages whose turn it is and that were acknowledged already; of use when the handler is ready after a refusal. */
    public List<AgentMessage> drain() {
        List<AgentMessage> turn = new ArrayList<>();
        for (AgentMessage next = early.remove(expected); next != null; next = early.remove(expected)) {
            earlyBytes -= next.payload().length;
            expected++;
            turn.add(next);
        }
        delivered = List.copyOf(turn);
        newestIsFirst = false;
        return delivered;
    }

    /** Number of the message whose turn is next. */
    public long expected() {
        return expected;
    }

    private boolean keep(AgentMessage message) {
        if (early.containsKey(message.sequenceNumber())) {
            return true;
        }
        boolean tooFarAhead = message.sequenceNumber() - expected > settings.incomingMessages();
        if (tooFarAhead || earlyBytes + message.payload().length > settings.incomingBytes()) {
            return false;
        }
        early.put(message.sequenceNumber(), message);
        earlyBytes += message.payload().length;
        return true;
    }
}
