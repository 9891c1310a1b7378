package org.sallyport.protocol.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;

/**
 * Numbers the messages of one direction, keeps them until they are acknowledged one by one, and sends the oldest again when its
 * acknowledgement is late (data-channel specification, section 3.6). Lives as long as the session, over all reconnects.
 *
 * <p>One thread at a time. All times are milliseconds of one clock that does not jump.
 */
public final class StreamSender {
    private static final long SYN = 1;

    private final StreamSettings settings;
    private final String messageType;
    private final Supplier<UUID> ids;
    private final DelayWindow window;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final RoundTripTimer timer = new RoundTripTimer();
    private long nextSequence;
    private long pendingBytes;
    private boolean paused;
    private boolean exhausted;

    /** @param messageType {@code input_stream_data} or {@code output_stream_data} */
    public StreamSender(StreamSettings settings, String messageType) {
        this(settings, messageType, DelayWindow.fixed(settings.outgoingBytes()), UUID::randomUUID);
    }

    /** @param window takes the place of the settings' most bytes */
    public StreamSender(StreamSettings settings, String messageType, DelayWindow window) {
        this(settings, messageType, window, UUID::randomUUID);
    }

    /** @param first number of the first message */
    public StreamSender(StreamSettings settings, String messageType, long first) {
        this(settings, messageType);
        this.nextSequence = first;
    }

    StreamSender(StreamSettings settings, String messageType, Supplier<UUID> ids) {
        this(settings, messageType, DelayWindow.fixed(settings.outgoingBytes()), ids);
    }

    private StreamSender(StreamSettings settings, String messageType, DelayWindow window, Supplier<UUID> ids) {
        this.settings = settings;
        this.window = window;
        this.messageType = messageType;
        this.ids = ids;
    }

    /**
     * What is needed to go on in another process.
     *
     * @param next number of the next message
     * @param waiting what was sent and not acknowledged, in order
     */
    public record Saved(long next, List<AgentMessage> waiting) {
        public Saved {
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * Goes on where another one stood; {@link #reconnected} sends what waited.
     *
     * @param window takes the place of the settings' most bytes
     */
    public StreamSender(StreamSettings settings, String messageType, DelayWindow window, Saved saved, long now) {
        this(settings, messageType, window);
        nextSequence = saved.next();
        for (AgentMessage message : saved.waiting()) {
            pending.put(message.sequenceNumber(), new Pending(message, now));
            pendingBytes += message.payload().length;
        }
    }

    /** Where it stands now; the times of what waits and a pause are left out. */
    public Saved save() {
        return new Saved(
                nextSequence, pending.values().stream().map(one -> one.message).toList());
    }

    /**
     * Makes the next message and keeps it.
     *
     * @param payload kept until acknowledged; nobody changes it
     * @return to be sent now, unless the sender is paused: then {@link #resume} returns it
     * @throws IllegalStateException when {@link #full}: nothing may be forgotten, so the source has to wait
     */
    public AgentMessage send(int payloadType, byte[] payload, long now) {
        if (full()) {
            throw new IllegalStateException("%d messages of %s wait for their acknowledgement; stop reading the source"
                    .formatted(pending.size(), messageType));
        }
        boolean first = nextSequence == 0 && messageType.equals(MessageTypes.OUTPUT_STREAM_DATA);
        AgentMessage message = new AgentMessage(
                messageType, 1, Math.max(1, now), nextSequence, first ? SYN : 0, ids.get(), payloadType, payload);
        pending.put(nextSequence, new Pending(message, now));
        pendingBytes += payload.length;
        nextSequence++;
        return message;
    }

    /** Books an acknowledgement; one for an unknown number is ignored. Also ends a pause, as it proves that somebody listens. */
    public void acknowledged(long sequenceNumber, long now) {
        paused = false;
        Pending done = pending.remove(sequenceNumber);
        if (done != null) {
            if (done.lastSent == done.firstSent) {
                window.acknowledged(done.message.payload().length, now - done.firstSent, pendingBytes, now);
            }
            pendingBytes -= done.message.payload().length;
            // from the first transmission: a link slower than the time-out would else never be learnt
            timer.sample(now - done.firstSent);
        }
    }

    /** What must be sent again now: the oldest message if its acknowledgement is overdue, bit for bit as before. */
    public List<AgentMessage> tick(long now) {
        Iterator<Pending> oldest = pending.values().iterator();
        if (paused || exhausted || !oldest.hasNext()) {
            return List.of();
        }
        Pending head = oldest.next();
        if (now - head.lastSent < timer.timeoutMillis()) {
            return List.of();
        }
        if (settings.resendLimit() > 0 && head.resends >= settings.resendLimit()) {
            exhausted = true;
            return List.of();
        }
        head.resends++;
        head.lastSent = now;
        return List.of(head.message);
    }

    /** When {@link #tick} will have something to send; empty while nothing waits. */
    public OptionalLong nextTick() {
        Iterator<Pending> oldest = pending.values().iterator();
        return paused || exhausted || !oldest.hasNext()
                ? OptionalLong.empty()
                : OptionalLong.of(oldest.next().lastSent + timer.timeoutMillis());
    }

    /** The other end came back on a new connection: all that waits, in order, to be sent at once. Ends a pause. */
    public List<AgentMessage> reconnected(long now) {
        paused = false;
        window.forget();
        List<AgentMessage> again = new ArrayList<>(pending.size());
        for (Pending one : pending.values()) {
            one.lastSent = now;
            again.add(one.message);
        }
        return again;
    }

    /** No resends until {@link #resume}, {@link #reconnected} or an acknowledgement; the caller should stop its source as well. */
    public void pause() {
        paused = true;
    }

    /** Ends a pause and returns, in order, what waits; nothing when there was no pause. */
    public List<AgentMessage> resume(long now) {
        return paused ? reconnected(now) : List.of();
    }

    /** Whether {@link #send} would throw. */
    public boolean full() {
        return pending.size() >= settings.outgoingMessages() || pendingBytes >= window.bytes();
    }

    public int unacknowledged() {
        return pending.size();
    }

    /** When the oldest message that waits for its acknowledgement was first sent; empty while nothing waits. */
    public OptionalLong oldestSent() {
        return pending.values().stream().mapToLong(one -> one.firstSent).findFirst();
    }

    /** Whether the resend limit was reached: the session should be terminated. */
    public boolean exhausted() {
        return exhausted;
    }

    public boolean paused() {
        return paused;
    }

    /** Current retransmission time-out in milliseconds, 10 to 1000. */
    public long timeoutMillis() {
        return timer.timeoutMillis();
    }

    private static final class Pending {
        private final AgentMessage message;
        private final long firstSent;
        private long lastSent;
        private int resends;

        private Pending(AgentMessage message, long now) {
            this.message = message;
            this.firstSent = now;
            this.lastSent = now;
        }
    }
}
