package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.SessionNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session in the relay: its two ends and what waits between them. All state belongs to its {@link Lane}; {@link #attached} alone may be
 * asked from any thread.
 */
final class PairedSession {
    static final long DRAIN_MILLIS = 2_000;
    static final long DRAIN_CHECK_MILLIS = 20;

    private static final Logger LOG = LoggerFactory.getLogger("sallyport.frames");
    private static final long NEVER = -1;
    private static final String STOPS = "the server stops";

    private enum Phase {
        /** Frames pass. */
        LIVE,
        /** The session is over; its last output is on the way to the client. */
        DRAINING,
        /** The ends were told; nothing passes any more. */
        CLOSED
    }

    private final String id;
    private final Lane lane;
    private final Timer timer;
    private final SessionReports reports;
    private final Consumer<PairedSession> whenClosed;
    private final Passage passage;

    private Phase phase = Phase.LIVE;
    private DataChannel client;
    private DataChannel node;
    private String endText = "";
    private boolean nodeTold;
    private boolean stopping;
    private long drainUntil;
    private boolean drainCheckDue;
    private volatile Set<DataEnd> ends = Set.of();
    private volatile long emptySince;
    private volatile long lastTyped = NEVER;

    PairedSession(
            String id,
            Passage passage,
            Lane lane,
            Timer timer,
            SessionReports reports,
            Consumer<PairedSession> whenClosed) {
        this.id = id;
        this.passage = passage;
        this.lane = lane;
        this.timer = timer;
        this.reports = reports;
        this.whenClosed = whenClosed;
        this.emptySince = timer.millis();
    }

    String id() {
        return id;
    }

    Lane lane() {
        return lane;
    }

    /** The ends attached now. Any thread. */
    Set<DataEnd> attached() {
        return ends;
    }

    /** Since when, by the timer, no end is attached; {@code Long.MAX_VALUE} while one is. Any thread. */
    long emptySince() {
        return ends.isEmpty() ? emptySince : Long.MAX_VALUE;
    }

    /** See {@link org.sallyport.kernel.relay.Relay#lastTyped}. Any thread. */
    OptionalLong lastTyped() {
        long typed = lastTyped;
        return typed == NEVER ? OptionalLong.empty() : OptionalLong.of(typed);
    }

    /** See {@link org.sallyport.kernel.relay.Relay#notice}. */
    void notice(SessionNotice notice) {
        if (client != null && client.wantsNotices()) {
            client.send(RelayMessages.notice(notice, timer.epochMillis()));
        }
    }

    /** Takes an end whose token was good; it replaces an older connection of that end. */
    void attach(DataChannel channel, DataEnd end) {
        if (stopping) {
            channel.close(STOPS);
            return;
        }
        if (phase == Phase.CLOSED) {
            channel.dismiss(endText);
            return;
        }
        channel.join(this);
        DataChannel replaced;
        if (end == DataEnd.CLIENT) {
            replaced = client;
            client = channel;
            if (channel.takesOver()) {
                passage.handOver(channel);
            }
            passage.client(channel);
        } else {
            replaced = node;
            node = channel;
            passage.node(channel);
            if (nodeTold) {
                tellNode();
            }
        }
        if (replaced != null) {
            leave(replaced, channel);
        }
        endsChanged();
        reports.attached(id, end);
        channel.bind(this);
    }

    /** A client that another one took over from must not come back, as it does when it is closed without a word. */
    private void leave(DataChannel replaced, DataChannel by) {
        if (replaced.sameClient(by)) {
            replaced.close("replaced by a newer connection");
            return;
        }
        String text = "Session %s goes on in another terminal.".formatted(id);
        if (replaced.wantsNotices()) {
            replaced.send(
                    RelayMessages.notice(new SessionNotice(SessionNotice.TAKEN_OVER, 0, text), timer.epochMillis()));
        }
        replaced.dismiss(text);
    }

    /** A frame of one of the ends. */
    void frame(DataChannel from, ByteBuffer bytes) {
        if (phase == Phase.CLOSED || stopping || (from != client && from != node)) {
            return;
        }
        Frame frame;
        try {
            frame = new Frame(MessageHeader.read(bytes), bytes);
        } catch (MalformedMessageException e) {
            LOG.debug("session {}: a malformed frame is dropped: {}", id, e.getMessage());
            return;
        }
        if (frame.header().sequenceNumber() < 0) {
            LOG.debug("session {}: a frame with a negative number is dropped", id);
            return;
        }
        if (from == client ? passage.fromClient(frame) : passage.fromNode(frame)) {
            lastTyped = timer.epochMillis();
        }
        if (from == client) {
            checkDrained();
        }
    }

    void pong(DataChannel from, long place) {
        passage.pong(from, place, this::checkDrained);
    }

    void writable(DataChannel channel) {
        if (channel == client) {
            passage.clientWritable();
            checkDrained();
        } else if (channel == node) {
            passage.nodeWritable();
        }
    }

    void lost(DataChannel channel) {
        if (channel == client) {
            client = null;
            passage.client(null);
            endsChanged();
            reports.detached(id, DataEnd.CLIENT);
            checkDrained();
        } else if (channel == node) {
            node = null;
            passage.node(null);
            endsChanged();
            reports.detached(id, DataEnd.NODE);
        }
    }

    /** See {@link org.sallyport.kernel.relay.Relay#end}; the first text stays. */
    void end(String text, boolean tellNode) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (tellNode && !nodeTold) {
            nodeTold = true;
            passage.endInput();
            if (node != null) {
                tellNode();
            }
        }
        if (phase == Phase.LIVE) {
            phase = Phase.DRAINING;
            endText = text;
            drainUntil = timer.millis() + DRAIN_MILLIS;
            checkDrained();
        }
    }

    /**
     * Closes both connections and writes what waits for the journal; the session goes on in the relay's next life.
     *
     * @param then runs on the lane when that is written, or cannot be
     */
    void disconnect(Runnable then) {
        stopping = true;
        if (client != null) {
            client.close(STOPS);
        }
        if (node != null) {
            node.close(STOPS);
        }
        passage.close(then);
    }

    private void tellNode() {
        node.send(RelayMessages.channelClosed(id, "", timer.epochMillis()));
    }

    /** Closes once the client has everything, or is gone, or two seconds are over. */
    private void checkDrained() {
        if (phase != Phase.DRAINING) {
            return;
        }
        if (client == null || passage.delivered() || timer.millis() >= drainUntil) {
            close();
        } else if (!drainCheckDue) {
            drainCheckDue = true;
            timer.after(
                    DRAIN_CHECK_MILLIS,
                    () -> lane.execute(() -> {
                        drainCheckDue = false;
                        checkDrained();
                    }));
        }
    }

    private void close() {
        phase = Phase.CLOSED;
        if (client != null) {
            client.dismiss(endText);
        }
        if (node != null) {
            node.linger();
        }
        client = null;
        node = null;
        passage.leave();
        endsChanged();
        passage.close(() -> whenClosed.accept(this));
    }

    private void endsChanged() {
        EnumSet<DataEnd> now = EnumSet.noneOf(DataEnd.class);
        if (client != null) {
            now.add(DataEnd.CLIENT);
        }
        if (node != null) {
            now.add(DataEnd.NODE);
        }
        emptySince = timer.millis();
        ends = Set.copyOf(now);
    }
}
