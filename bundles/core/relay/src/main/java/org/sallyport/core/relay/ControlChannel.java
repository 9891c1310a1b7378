package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.spi.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One web-socket of a node's control channel. It is never left unread (architecture: back-pressure); its messages are few and small. */
final class ControlChannel implements ConnectionHandler {
    static final long OPEN_LIMIT_MILLIS = 15_000;

    /** Largest message; the agent's own limit for writing is 142 000 bytes (node-agent specification, 5.3). */
    static final int MAX_MESSAGE = 160 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);

    private enum Phase {
        NEW,
        OPENING,
        OPEN,
        CLOSED
    }

    private final String nodeId;
    private final ControlChannelRegistry registry;
    private final Timer timer;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Connection connection;
    private volatile Origin origin = Origin.server();
    private volatile Runnable cancelLimit = () -> {};

    ControlChannel(String nodeId, ControlChannelRegistry registry, Timer timer) {
        this.nodeId = nodeId;
        this.registry = registry;
        this.timer = timer;
    }

    /** Where the upgrade came from. */
    void from(Origin requested) {
        origin = requested;
    }

    Origin origin() {
        return origin;
    }

    String nodeId() {
        return nodeId;
    }

    /** The peer's address, once the connection is there. */
    String remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        cancelLimit = timer.after(OPEN_LIMIT_MILLIS, () -> {
            if (phase.get() == Phase.NEW) {
                close("no token in time");
            }
        });
    }

    @Override
    public void text(String message) {
        if (!phase.compareAndSet(Phase.NEW, Phase.OPENING)) {
            return;
        }
        cancelLimit.run();
        ChannelJson.opening(message)
                .ifPresentOrElse(
                        opening -> registry.open(this, opening), () -> close("the first message has no token"));
    }

    @Override
    public void frame(ByteBuffer message) {
        Phase now = phase.get();
        if ((now != Phase.OPENING && now != Phase.OPEN) || message.remaining() > MAX_MESSAGE) {
            LOG.debug("node {}: a frame of {} bytes is dropped", nodeId, message.remaining());
            return;
        }
        try {
            registry.received(this, AgentMessage.decode(message, true));
        } catch (MalformedMessageException e) {
            LOG.debug("node {}: a malformed message is dropped: {}", nodeId, e.getMessage());
        }
    }

    @Override
    public void writable() {
        // Orders are few; a node that does not read them is closed by send.
    }

    @Override
    public void closed(String cause) {
        LOG.debug("node {}: control channel {} closed: {}", nodeId, connection.id(), cause);
        cancelLimit.run();
        if (phase.getAndSet(Phase.CLOSED) == Phase.OPEN) {
            registry.gone(this);
        }
    }

    /** Messages that wait to be handled. */
    AtomicInteger waiting() {
        return waiting;
    }

    /** The token was good. False when the peer has gone meanwhile. */
    boolean confirm() {
        return phase.compareAndSet(Phase.OPENING, Phase.OPEN);
    }

    boolean isOpen() {
        return phase.get() == Phase.OPEN;
    }

    /** Sends an order. False, and closed, when more than the drop mark waits for the node already. */
    boolean send(ByteBuffer message) {
        if (connection.queuedBytes() > Marks.DROP) {
            close("the node does not read its orders");
            return false;
        }
        connection.send(message);
        return true;
    }

    void close(String reason) {
        connection.close(1008, reason);
    }
}
