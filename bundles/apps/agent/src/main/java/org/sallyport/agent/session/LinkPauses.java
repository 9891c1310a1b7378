package org.sallyport.agent.session;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.sallyport.channel.Backoff;
import org.sallyport.protocol.message.MessageTypes;

/**
 * How long a data channel waits before it is made again (node-agent specification, section 6.5). One that lasted is made again at once. One
 * on which the client was heard starts with short pauses: the path works, however often it breaks. That a connection opens proves nothing:
 * a server that takes it and closes it would be asked without end. But within the time for which servers wait for a node, counted from when the path last
 * worked, no pause is long. On the lane.
 */
final class LinkPauses {
    static final Duration FIRST = Duration.ofMillis(200);
    static final Duration SOON = Duration.ofMillis(1_500);
    static final Duration RECENT = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofSeconds(10);
    static final Duration LASTING = Duration.ofSeconds(5);

    private final Backoff backoff = new Backoff(FIRST, LONGEST);
    private final LongSupplier nanos;
    private long workedAt;

    /** @param nanos a clock that does not jump, of any origin */
    LinkPauses(LongSupplier nanos) {
        this.nanos = nanos;
        this.workedAt = nanos.getAsLong();
    }

    /** A message of this type came. */
    void heard(String messageType) {
        if (messageType.equals(MessageTypes.ACKNOWLEDGE) || messageType.equals(MessageTypes.INPUT_STREAM_DATA)) {
            backoff.reset();
            workedAt = nanos.getAsLong();
        }
    }

    /** A connection ended that was open for so long. */
    Duration afterLoss(Duration open) {
        if (open.compareTo(LASTING) > 0) {
            backoff.reset();
            workedAt = nanos.getAsLong();
            return Duration.ZERO;
        }
        return next();
    }

    /** A try failed. */
    Duration afterFailure() {
        return next();
    }

    private Duration next() {
        Duration pause = backoff.next();
        boolean recent = nanos.getAsLong() - workedAt < RECENT.toNanos();
        return recent && pause.compareTo(SOON) > 0 ? SOON : pause;
    }
}
