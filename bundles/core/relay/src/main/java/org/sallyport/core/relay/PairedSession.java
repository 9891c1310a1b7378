package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.sallyport.kernel.relay.Tap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels.Attachment;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
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
    private final Neighbours neighbours;
    private final SessionReports reports;
    private final Consumer<PairedSession> whenClosed;
    private final OutputPath output;
    private final InputPath input;
    private final Publication publication;

    private Phase phase = Phase.LIVE;
    private DataChannel client;
    private DataChannel node;
    private String endText = "";
    private boolean nodeTold;
    private long drainUntil;
    private boolean drainCheckDue;
    private volatile Set<DataEnd> ends = Set.of();
    private volatile long emptySince;
    private volatile long lastTyped = NEVER;

    PairedSession(
            Attachment first,
            Lane lane,
            Timer timer,
            Neighbours neighbours,
            SessionReports reports,
            Consumer<PairedSession> whenClosed) {
        this.id = first.sessionId();
        this.lane = lane;
        this.timer = timer;
        this.neighbours = neighbours;
        this.reports = reports;
        this.whenClosed = whenClosed;
        this.publication = new Publication(first.separateOutput(), timer);
        this.output = new OutputPath("Port".equals(first.sessionType()), timer, lane, publication);
        this.input = new InputPath();
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
        if (phase == Phase.CLOSED) {
            channel.dismiss(endText);
            return;
        }
        DataChannel replaced;
        if (end == DataEnd.CLIENT) {
            replaced = client;
            client = channel;
            publication.start();
            output.client(channel);
            input.client(channel);
        } else {
            replaced = node;
            node = channel;
            publication.node(channel);
            input.node(channel);
            if (client != null) {
                publication.start();
            }
        }
        if (replaced != null) {
            replaced.close("replaced by a newer connection");
        }
        endsChanged();
        reports.attached(id, end);
        channel.bind(this);
    }

    /** A frame of one of the ends. */
    void frame(DataChannel from, ByteBuffer bytes) {
        if (phase == Phase.CLOSED || (from != client && from != node)) {
            return;
        }
        Frame frame;
        try {
            frame = new Frame(MessageHeader.read(bytes), bytes);
        } catch (MalformedMessageException e) {
            LOG.debug("session {}: a malformed frame is dropped: {}", id, e.getMessage());
            return;
        }
        if (from == client) {
            fromClient(frame);
        } else {
            fromNode(frame);
        }
    }

    void writable(DataChannel channel) {
        if (channel == client) {
            output.clientWritable();
            checkDrained();
        } else if (channel == node) {
            input.nodeWritable();
        }
    }

    void lost(DataChannel channel) {
        if (channel == client) {
            client = null;
            output.client(null);
            input.client(null);
            publication.pause();
            endsChanged();
            reports.detached(id, DataEnd.CLIENT);
            checkDrained();
        } else if (channel == node) {
            node = null;
            publication.node(null);
            input.node(null);
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
            if (node != null) {
                node.send(RelayMessages.channelClosed(id, "", timer.epochMillis()));
            }
        }
        if (phase == Phase.LIVE) {
            phase = Phase.DRAINING;
            endText = text;
            drainUntil = timer.millis() + DRAIN_MILLIS;
            checkDrained();
        }
    }

    /** Closes both connections; the session goes on when they come back. */
    void disconnect() {
        if (client != null) {
            client.close("the server stops");
        }
        if (node != null) {
            node.close("the server stops");
        }
    }

    private void fromClient(Frame frame) {
        switch (frame.header().type()) {
            case MessageTypes.ACKNOWLEDGE -> output.acknowledged(frame);
            case MessageTypes.INPUT_STREAM_DATA -> {
                output.inputRelayed(frame);
                if (frame.header().payloadType() == PayloadType.OUTPUT) {
                    lastTyped = timer.epochMillis();
                }
            }
            default -> {
                LOG.debug(
                        "session {}: {} from the client is not passed",
                        id,
                        frame.header().type());
                return;
            }
        }
        if (!nodeTold) {
            tap(DataEnd.CLIENT, frame);
            input.relay(frame);
            publication.relayed();
            if (Flags.terminates(frame)) {
                reports.clientFinished(id);
            }
        }
        checkDrained();
    }

    private void fromNode(Frame frame) {
        switch (frame.header().type()) {
            case MessageTypes.AGENT_SESSION_STATE -> {
                if (ChannelJson.terminating(frame.payload())) {
                    reports.nodeFinished(id);
                }
            }
            case MessageTypes.ACKNOWLEDGE, MessageTypes.OUTPUT_STREAM_DATA -> {
                if (output.knownToClient(frame)) {
                    node.send(RelayMessages.acknowledge(frame.header(), timer.epochMillis()));
                    publication.relayed();
                } else if (output.takes(frame)) {
                    tap(DataEnd.NODE, frame);
                    output.relay(frame);
                }
            }
            default ->
                LOG.debug(
                        "session {}: {} from the node is not passed",
                        id,
                        frame.header().type());
        }
    }

    private void tap(DataEnd from, Frame frame) {
        for (Tap tap : neighbours.taps()) {
            try {
                tap.passed(id, from, frame.header(), frame.bytes().duplicate());
            } catch (RuntimeException e) {
                LOG.error("session {}: a tap failed; the frame goes on", id, e);
            }
        }
    }

    /** Closes once the client has everything, or is gone, or two seconds are over. */
    private void checkDrained() {
        if (phase != Phase.DRAINING) {
            return;
        }
        if (client == null || output.delivered() || timer.millis() >= drainUntil) {
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
        endsChanged();
        whenClosed.accept(this);
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
