package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.spi.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One web-socket of a data channel. Call-backs come on network threads and only hand over; the rest is called on the session's lane or on a
 * call thread.
 *
 * <p>What came and was not handled yet is bounded: above the high mark the socket is not read, above {@link Marks#HARD} it is closed, and
 * its peer comes back and resends.
 */
final class DataChannel implements ConnectionHandler {
    static final long OPEN_LIMIT_MILLIS = 15_000;
    static final long LINGER_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(DataChannel.class);
    private static final int FRAME_OVERHEAD = 256;

    private enum Phase {
        /** Upgraded; the first text message is awaited. */
        NEW,
        /** The token is being checked; frames wait. */
        OPENING,
        /** Belongs to a session. */
        BOUND,
        /** Was told the end; frames are ignored until the peer goes. */
        LINGERING,
        /** Gone. */
        CLOSED
    }

    private final String sessionId;
    private final Optional<Principal> signer;
    private final DataChannels channels;
    private final Timer timer;
    private final Object phaseLock = new Object();
    private final Deque<ByteBuffer> early = new ArrayDeque<>();
    private final AtomicLong intake = new AtomicLong();
    private final AtomicBoolean writableDue = new AtomicBoolean();

    private volatile Connection connection;
    private volatile Reading reading;
    private volatile PairedSession session;
    private volatile Runnable cancelLimit = () -> {};
    private Phase phase = Phase.NEW;
    private boolean goneEarly;
    private volatile boolean notices;
    private volatile String clientId = "";
    private volatile boolean takesOver;
    private volatile Origin origin = Origin.server();

    DataChannel(String sessionId, Optional<Principal> signer, DataChannels channels, Timer timer) {
        this.sessionId = sessionId;
        this.signer = signer;
        this.channels = channels;
        this.timer = timer;
    }

    /** Where the upgrade came from. */
    void from(Origin requested) {
        origin = requested;
    }

    Origin origin() {
        return origin;
    }

    String sessionId() {
        return sessionId;
    }

    Optional<Principal> signer() {
        return signer;
    }

    /** Whether a node is at the other side. */
    boolean ofNode() {
        return signer.flatMap(Principal::nodeId).isPresent();
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        reading = new Reading(opened);
        channels.opening(1);
        cancelLimit = timer.after(OPEN_LIMIT_MILLIS, () -> {
            if (in(Phase.NEW)) {
                close("no token within %d s".formatted(OPEN_LIMIT_MILLIS / 1000));
            }
        });
    }

    @Override
    public void text(String message) {
        if (!move(Phase.NEW, Phase.OPENING)) {
            return; // only the first text means something (data-channel specification, 2.2)
        }
        cancelLimit.run();
        ChannelJson.opening(message)
                .ifPresentOrElse(
                        opening -> channels.open(this, opening),
                        () -> refuse("The first message is no OpenDataChannelInput with a token."));
    }

    @Override
    public void frame(ByteBuffer message) {
        int size = message.remaining();
        ByteBuffer copy = ByteBuffer.allocate(size).put(message).flip().asReadOnlyBuffer();
        PairedSession to = null;
        synchronized (phaseLock) {
            if (phase == Phase.OPENING) {
                early.add(copy);
            } else if (phase == Phase.BOUND) {
                to = session;
            } else {
                return;
            }
        }
        long waiting = intake.addAndGet(size + FRAME_OVERHEAD);
        if (waiting > Marks.HARD) {
            close("too much came at once");
            return;
        }
        if (waiting > Marks.HIGH) {
            reading.stop(Reading.INTAKE);
            if (intake.get() < Marks.LOW) {
                reading.resume(Reading.INTAKE); // the lane was faster
            }
        }
        if (to != null && !handOver(to, copy)) {
            close("too many messages came at once");
        }
    }

    @Override
    public void writable() {
        PairedSession to = session;
        if (to != null && writableDue.compareAndSet(false, true)) {
            to.lane().execute(() -> {
                writableDue.set(false);
                to.writable(this);
            });
        }
    }

    @Override
    public void pong(ByteBuffer payload) {
        PairedSession to = session;
        if (to != null && payload.remaining() == Long.BYTES) {
            long place = payload.getLong(payload.position());
            to.lane().execute(() -> to.pong(this, place));
        }
    }

    @Override
    public void closed(String cause) {
        LOG.debug("session {}: connection {} closed: {}", sessionId, connection.id(), cause);
        cancelLimit.run();
        PairedSession to;
        synchronized (phaseLock) {
            to = phase == Phase.BOUND ? session : null;
            if (phase == Phase.OPENING) {
                goneEarly = true;
            } else {
                if (phase == Phase.NEW) {
                    channels.opening(-1);
                }
                phase = Phase.CLOSED;
            }
        }
        if (to != null) {
            to.lane().execute(() -> to.lost(this));
        }
    }

    /** From now on the session hears when the socket takes more, also of what it sends before it binds this. On the session's lane. */
    void join(PairedSession to) {
        session = to;
    }

    /** Hands what came so far to the session, in order, and everything later. On the session's lane. */
    void bind(PairedSession to) {
        Deque<ByteBuffer> first;
        boolean gone;
        synchronized (phaseLock) {
            gone = goneEarly || phase != Phase.OPENING;
            first = new ArrayDeque<>(early);
            early.clear();
            if (phase == Phase.OPENING) {
                channels.opening(-1);
                session = to;
                phase = Phase.BOUND;
            }
        }
        first.forEach(frame -> handle(to, frame));
        if (gone) {
            to.lost(this);
        }
    }

    /** Whether the client asked for notices; before it is bound. */
    void notices(boolean wanted) {
        notices = wanted;
    }

    boolean wantsNotices() {
        return notices;
    }

    /**
     * Who is there; before it is bound.
     *
     * @param takesOverSession whether it goes on with another one's session, for which it has to know where that stands
     */
    void client(String id, boolean takesOverSession) {
        clientId = id;
        takesOver = takesOverSession;
    }

    /** Whether both are connections of one client. */
    boolean sameClient(DataChannel other) {
        return clientId.equals(other.clientId);
    }

    boolean takesOver() {
        return takesOver;
    }

    /** False is the sign to slow down; the message is sent in any case. */
    boolean send(ByteBuffer message) {
        return connection.send(message);
    }

    long queuedBytes() {
        return connection.queuedBytes();
    }

    void ping(ByteBuffer payload) {
        connection.ping(payload);
    }

    void stopReading() {
        reading.stop(Reading.PEER);
    }

    void resumeReading() {
        reading.resume(Reading.PEER);
    }

    /** Runs a task on the lane of the session that this belongs to. */
    void onLane(Runnable task) {
        session.lane().execute(task);
    }

    /** Refuses the token: a client is told why and may read it, a node's channel is closed. */
    void refuse(String text) {
        if (ofNode()) {
            LOG.warn(
                    "session {}: data channel of {} refused: {}",
                    sessionId,
                    signer.get().name(),
                    text);
            close("refused");
        } else {
            dismiss(text);
        }
    }

    /** Tells the end and closes when the peer has gone, or after five seconds. */
    void dismiss(String text) {
        send(RelayMessages.channelClosed(sessionId, text, timer.epochMillis()));
        linger();
    }

    /** Ignores what comes and closes after five seconds. */
    void linger() {
        leave(Phase.LINGERING);
        reading.resume(Reading.PEER); // so that the peer's close is seen
        reading.resume(Reading.INTAKE);
        timer.after(LINGER_MILLIS, () -> connection.close(1000, ""));
    }

    void close(String reason) {
        leave(Phase.LINGERING);
        connection.close(1008, reason);
    }

    private boolean handOver(PairedSession to, ByteBuffer frame) {
        return to.lane().offer(() -> handle(to, frame));
    }

    private void leave(Phase to) {
        PairedSession lost;
        synchronized (phaseLock) {
            if (phase == Phase.NEW || phase == Phase.OPENING) {
                channels.opening(-1);
            }
            lost = phase == Phase.BOUND ? session : null;
            phase = phase == Phase.CLOSED || goneEarly ? Phase.CLOSED : to;
            early.clear();
        }
        if (lost != null) {
            lost.lane().execute(() -> lost.lost(this));
        }
    }

    private void handle(PairedSession to, ByteBuffer frame) {
        long waiting = intake.addAndGet(-(frame.remaining() + FRAME_OVERHEAD));
        if (waiting < Marks.LOW && reading.stopped(Reading.INTAKE)) {
            reading.resume(Reading.INTAKE);
        }
        to.frame(this, frame);
    }

    private boolean move(Phase from, Phase to) {
        synchronized (phaseLock) {
            if (phase != from) {
                return false;
            }
            phase = to;
            return true;
        }
    }

    private boolean in(Phase wanted) {
        synchronized (phaseLock) {
            return phase == wanted;
        }
    }
}
