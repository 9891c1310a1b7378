package org.sallyport.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.sallyport.agent.server.ChannelGateway;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.OpenChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data channel of one session over all its connections (node-agent specification, sections 6.1 and 6.5). One that is not open is made
 * at once and then after pauses up to ten seconds, until it is open or the limit is over; the first one, besides, within six tries that the
 * server answered: a server that is being restarted answers none, and knows the session when it is back. A try
 * that takes long does not keep the next one waiting, since its packets may have vanished: up to three are under way, and the first that opens
 * presents its token. All methods and events on the lane.
 *
 * <p>Frames that wait for the lane are bounded: above 1 MiB the socket is not read until less than 256 KiB wait.
 */
final class DataLink {
    private static final Logger LOG = LoggerFactory.getLogger(DataLink.class);
    private static final int FIRST_ANSWERS = 6;
    private static final int SERVER_FAULT = 500;
    private static final int AT_A_TIME = 3;
    private static final long HIGH_MARK = 1024 * 1024;
    private static final long LOW_MARK = 256 * 1024;
    private static final String SESSION_OVER = "Session is already terminated";
    private static final int NORMAL = 1000;

    private final ChannelGateway gateway;
    private final Executor connects;
    private final Lane lane;
    private final String sessionId;
    private final String nodeId;
    private final Duration resumeLimit;
    private final DataLinkEvents events;
    private final LinkPauses pauses = new LinkPauses(System::nanoTime);
    private final Set<Connection> trying = new HashSet<>();
    private Optional<Future<?>> nextTry = Optional.empty();
    private Connection current;
    private WebSocketChannel channel;
    private boolean openedOnce;
    private boolean closed;
    private int answers;
    private int failures;
    private long openedAt;
    private long missingSince = System.nanoTime();

    DataLink(
            ChannelGateway gateway,
            Executor connects,
            Lane lane,
            String sessionId,
            String nodeId,
            Duration resumeLimit,
            DataLinkEvents events) {
        this.gateway = gateway;
        this.connects = connects;
        this.lane = lane;
        this.sessionId = sessionId;
        this.nodeId = nodeId;
        this.resumeLimit = resumeLimit;
        this.events = events;
    }

    /** As {@link #connect}, for a session whose channel was lost just now. */
    void connectAgain() {
        openedOnce = true;
        missingSince = System.nanoTime();
        connect();
    }

    void connect() {
        nextTry = Optional.empty();
        if (closed || channel != null || trying.size() >= AT_A_TIME) {
            return;
        }
        Connection next = new Connection(LinkTimes.ofTry(failures));
        trying.add(next);
        connectIn(LinkTimes.PATIENCE);
        try {
            connects.execute(next::open);
        } catch (RejectedExecutionException e) {
            failed(next, "the agent is stopping or too many channels are being opened");
        }
    }

    boolean connected() {
        return channel != null;
    }

    /** Whether the socket takes more; a message is dropped while there is no channel. */
    boolean send(AgentMessage message) {
        return channel == null || channel.send(ByteBuffer.wrap(message.encode()));
    }

    /** Sends what was sent before and closes; no event follows. */
    void close() {
        closed = true;
        if (channel != null) {
            channel.close(NORMAL, "");
            channel = null;
        }
    }

    private void connectIn(Duration pause) {
        nextTry.ifPresent(timer -> timer.cancel(false));
        nextTry = lane.schedule(pause, this::connect);
    }

    /** What opens too late has not presented its token, so that it takes nothing from the one that is in use. */
    private void opened(Connection connection, WebSocketChannel made) {
        if (closed || !trying.contains(connection)) {
            made.close(NORMAL, "");
            return;
        }
        trying.clear();
        nextTry.ifPresent(timer -> timer.cancel(false));
        made.sendText(OpenChannel.ofNodeData(UUID.randomUUID(), connection.token, nodeId)
                .toJson());
        current = connection;
        channel = made;
        failures = 0;
        openedAt = System.nanoTime();
        boolean first = !openedOnce;
        openedOnce = true;
        LOG.info("Session {}: data channel {}", sessionId, first ? "open" : "open again");
        events.opened(first);
    }

    private void failed(Connection connection, String text) {
        boolean wasOpen = channel != null && connection == current;
        if (closed || !wasOpen && !trying.remove(connection)) {
            return;
        }
        long now = System.nanoTime();
        if (wasOpen) {
            channel = null;
            missingSince = now;
            LOG.info("Session {}: data channel lost: {}", sessionId, text);
            events.lost();
        } else {
            failures++;
            answers += !openedOnce && connection.answered ? 1 : 0;
        }
        boolean enough = now - missingSince >= resumeLimit.toNanos() || answers >= FIRST_ANSWERS;
        if (text.contains(SESSION_OVER) || enough && trying.isEmpty()) {
            closed = true;
            events.failed(text);
            return;
        }
        Duration pause = wasOpen ? pauses.afterLoss(Duration.ofNanos(now - openedAt)) : pauses.afterFailure();
        if (trying.isEmpty() || nextTry.isEmpty()) {
            connectIn(pause);
        }
    }

    /** One try: token, web-socket, first text frame. Its call-backs come on the network's thread and go to the lane. */
    private final class Connection implements WebSocketListener {
        private final LinkTimes times;
        private final AtomicLong waitingBytes = new AtomicLong();
        private volatile WebSocketChannel made;
        private volatile String token;
        private volatile boolean answered;

        Connection(LinkTimes times) {
            this.times = times;
        }

        /** Blocks up to {@link LinkTimes#token}. */
        void open() {
            String path = "/v1/data-channel/" + sessionId;
            try {
                token = gateway.token(path, Map.of("ClientId", ""), times.token());
                answered = true;
                gateway.open(path + "?role=publish_subscribe", times.webSocket(), this);
            } catch (ServiceException e) {
                answered = e.status() < SERVER_FAULT;
                lane.execute(() -> failed(this, e.toString()));
            } catch (IOException | RuntimeException e) {
                lane.execute(() -> failed(this, String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void opened(WebSocketChannel channel) {
            made = channel;
            if (!lane.execute(() -> DataLink.this.opened(this, channel))) {
                channel.close(NORMAL, "");
            }
        }

        @Override
        public void frame(ByteBuffer bytes) {
            AgentMessage message;
            try {
                message = AgentMessage.decode(bytes, false);
            } catch (MalformedMessageException e) {
                LOG.debug("Session {}: a frame is dropped: {}", sessionId, e.getMessage());
                return;
            }
            int size = AgentMessage.PAYLOAD_OFFSET + message.payload().length;
            if (waitingBytes.addAndGet(size) > HIGH_MARK) {
                made.pauseReading();
                // The lane may have caught up in between, and then nobody else would read on.
                if (waitingBytes.get() < LOW_MARK) {
                    made.resumeReading();
                }
            }
            lane.execute(() -> {
                long left = waitingBytes.addAndGet(-size);
                if (left < LOW_MARK && left + size >= LOW_MARK) {
                    made.resumeReading();
                }
                if (current == this && !closed) {
                    pauses.heard(message.type());
                    events.frame(message);
                }
            });
        }

        @Override
        public void writable() {
            lane.execute(() -> {
                if (current == this && !closed) {
                    events.writable();
                }
            });
        }

        @Override
        public void closed(int code, String cause) {
            lane.execute(() -> failed(this, cause));
        }
    }
}
