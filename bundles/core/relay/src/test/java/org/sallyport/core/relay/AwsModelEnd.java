package org.sallyport.core.relay;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;

/** What session-manager-plugin and amazon-ssm-agent have in common (data-channel specification, 3.6). */
abstract class AwsModelEnd extends ModelEnd {
    static final long RTO = 200;

    private record Pending(AgentMessage message, long sent) {}

    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final Map<Long, AgentMessage> early = new HashMap<>();
    private long sequence;
    private long expected;

    AwsModelEnd(ModelWorld world, DataEnd end, int messages) {
        super(world, end, messages);
    }

    /** A message enters the buffer after it was sent, so an acknowledgement may come too soon. */
    @Override
    void send(int payloadType, byte[] payload) {
        AgentMessage message =
                new AgentMessage(type(), 1, time.epochMillis(), sequence++, 0, UUID.randomUUID(), payloadType, payload);
        transmit(message);
        pending.put(message.sequenceNumber(), new Pending(message, time.millis()));
    }

    /** The oldest alone. */
    @Override
    void resend() {
        Iterator<Map.Entry<Long, Pending>> oldest = pending.entrySet().iterator();
        if (!oldest.hasNext() || !mayResend()) {
            return;
        }
        Map.Entry<Long, Pending> head = oldest.next();
        if (time.millis() - head.getValue().sent() >= RTO) {
            transmit(head.getValue().message());
            if (end == DataEnd.NODE) {
                head.setValue(new Pending(head.getValue().message(), time.millis()));
            }
        }
    }

    @Override
    void acknowledged(long number) {
        boolean lost = end == DataEnd.CLIENT && random.nextInt(100) == 0;
        if (!lost) {
            pending.remove(number);
        }
    }

    @Override
    void data(AgentMessage message) {
        if (message.sequenceNumber() > expected) {
            early.put(message.sequenceNumber(), message);
            acknowledge(message);
        } else if (message.sequenceNumber() == expected) {
            if (!handle(message)) {
                return;
            }
            expected++;
            for (AgentMessage next = early.remove(expected); next != null; next = early.remove(expected)) {
                drained(next);
                expected++;
            }
        } else {
            duplicate(message);
        }
    }

    @Override
    boolean settled() {
        return pending.isEmpty();
    }

    boolean mayResend() {
        return true;
    }

    /** In its turn: takes and acknowledges it. False when the handler is not ready: then nothing happened. */
    abstract boolean handle(AgentMessage message);

    abstract void drained(AgentMessage message);

    abstract void duplicate(AgentMessage message);
}
