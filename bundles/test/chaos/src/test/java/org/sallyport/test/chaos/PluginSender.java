package org.sallyport.test.chaos;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;

/**
 * Sends as session-manager-plugin does (data-channel specification, section 3.6): only the oldest message is sent again, on every tick once
 * it is overdue, and an acknowledgement that is faster than the plugin's own book-keeping is lost to it. One thread.
 */
final class PluginSender {
    static final long TICK_MILLIS = 100;
    private static final long OVERDUE_MILLIS = 200;
    private static final double RACE = 1.0 / 15;

    private final Random random;
    private final Map<Long, AgentMessage> pending = new LinkedHashMap<>();
    private final Map<Long, Long> sentAt = new LinkedHashMap<>();
    private final List<Long> raced = new ArrayList<>();
    private long next;

    PluginSender(Random random) {
        this.random = random;
    }

    AgentMessage message(int payloadType, byte[] payload, long now) {
        AgentMessage message = new AgentMessage(
                MessageTypes.INPUT_STREAM_DATA, 1, now, next, 0, UUID.randomUUID(), payloadType, payload);
        pending.put(next, message);
        sentAt.put(next, now);
        if (random.nextDouble() < RACE) {
            raced.add(next);
        }
        next++;
        return message;
    }

    void acknowledged(long sequence) {
        boolean tooFast = raced.remove(sequence);
        if (!tooFast) {
            pending.remove(sequence);
            sentAt.remove(sequence);
        }
    }

    /** The oldest, if it is overdue. */
    List<AgentMessage> tick(long now) {
        Iterator<AgentMessage> oldest = pending.values().iterator();
        if (!oldest.hasNext()) {
            return List.of();
        }
        AgentMessage head = oldest.next();
        boolean overdue = now - sentAt.get(head.sequenceNumber()) >= OVERDUE_MILLIS;
        return overdue ? List.of(head) : List.of();
    }

    int unacknowledged() {
        return pending.size();
    }
}
