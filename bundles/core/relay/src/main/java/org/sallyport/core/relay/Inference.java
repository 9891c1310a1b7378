package org.sallyport.core.relay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/**
 * Finds output that the client has although its acknowledgement never came: it died with an earlier connection, or with the server, and
 * session-manager-plugin ignores repeats in silence (data-channel specification, 3.6 and 8.2 rule 5). Pure; lane only.
 *
 * <p>Only for messages that an earlier connection may have delivered, sent once more on this one. The client handles messages in their order:
 * when it has acknowledged a message whose first sending followed, or has answered a ping that followed, and is silent about this one, then it
 * has this one. That holds only for what was sent when the client was ready for output: before, it drops a message in silence, and acknowledges the
 * ones behind it.
 *
 * <p>At most {@link #MAX} messages are watched; others come again from the node and are watched then.
 */
final class Inference {
    static final int MAX = 2_048;

    /**
     * A message that the client has.
     *
     * @param id of the message, for the answer
     */
    record Known(long sequence, UUID id) {
        /** As much of its header as an answer needs. */
        MessageHeader header() {
            return new MessageHeader(
                    MessageTypes.OUTPUT_STREAM_DATA,
                    1,
                    1,
                    sequence,
                    0,
                    id,
                    PayloadType.NONE,
                    AgentMessage.PAYLOAD_OFFSET,
                    0);
        }
    }

    private record Watched(UUID id, long highestBefore, long place) {}

    private final boolean restarted;
    private final NumberRanges earlier = new NumberRanges();
    private final NumberRanges sentNow = new NumberRanges();
    private final Map<Long, Watched> watched = new LinkedHashMap<>();
    private long highest = -1;
    private long place;

    /** @param restarted whether a life of the relay before this one may have sent anything to the client */
    Inference(boolean restarted) {
        this.restarted = restarted;
    }

    /** The client has a new connection. */
    void connected() {
        earlier.addAll(sentNow);
        sentNow.clear();
        watched.clear();
        highest = -1;
    }

    /**
     * Output went to the client on its connection.
     *
     * @param fromJournal whether it was written in the journal when this connection began
     * @param ready whether the client was known to handle output before
     */
    void sent(long sequence, UUID id, boolean fromJournal, boolean ready) {
        boolean again = sentNow.contains(sequence);
        sentNow.add(sequence);
        highest = Math.max(highest, sequence);
        boolean maybeDelivered = earlier.contains(sequence) || (restarted && (fromJournal || again));
        if (maybeDelivered && ready && watched.size() < MAX) {
            watched.putIfAbsent(sequence, new Watched(id, highest, ++place));
        }
    }

    boolean sentNow(long sequence) {
        return sentNow.contains(sequence);
    }

    /** The client itself acknowledged a message. */
    void acknowledged(long sequence) {
        watched.remove(sequence);
    }

    /** What the client must have since it acknowledged that message; these are not watched any more. */
    List<Known> followsFrom(long sequence) {
        return taken(w -> w.highestBefore() < sequence);
    }

    /** What the client must have since it has read all that was sent up to a place; these are not watched any more. */
    List<Known> readUpTo(long upTo) {
        return taken(w -> w.place() <= upTo);
    }

    /** Whether a ping would tell something. */
    boolean watching() {
        return !watched.isEmpty();
    }

    /** Whether more should be sent again only after the client was heard. */
    boolean crowded() {
        return watched.size() >= MAX / 2;
    }

    /** The place of the newest message watched; a ping that is sent now proves it. */
    long place() {
        return place;
    }

    /** Both measures grow in the order of watching, so it is the oldest ones that follow. */
    private List<Known> taken(Predicate<Watched> proven) {
        List<Known> known = new ArrayList<>();
        Iterator<Map.Entry<Long, Watched>> oldest = watched.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Long, Watched> next = oldest.next();
            if (!proven.test(next.getValue())) {
                break;
            }
            known.add(new Known(next.getKey(), next.getValue().id()));
            oldest.remove();
        }
        return known;
    }
}
