package org.sallyport.agent.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.agent.server.ChannelGateway;
import org.sallyport.agent.server.RoleCredentials;
import org.sallyport.channel.Backoff;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionTask;
import org.sallyport.protocol.message.TaskAcknowledge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a control channel open for as long as the agent runs (node-agent specification, sections 5.1 to 5.6). A lost one, and one that
 * could not be made for the first time, is made again after 0 to 2.5 s; then the pauses grow from 1 to 60 s, each with a random part: a server
 * that was restarted has its nodes back soon, and one that is away for long is not overrun.
 *
 * <p>One daemon thread, {@code sallyport-agent-control}, asks for tokens and waits.
 */
final class ControlChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);
    private static final long QUICK_MILLIS = 2_500;
    private static final long STABLE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long STOP_MILLIS = 1_000;
    private static final long HOLD_POLL_MILLIS = 10;
    private static final int NORMAL = 1000;

    private final String nodeId;
    private final String agentVersion;
    private final ChannelGateway gateway;
    private final RoleCredentials credentials;
    private final TaskReports reports;
    private final Orders orders;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private final Thread thread = new Thread(this::run, "sallyport-agent-control");
    private Runnable eachOpening = () -> {};
    private volatile boolean open;
    private volatile boolean stopped;
    private volatile boolean held;
    private volatile WebSocketChannel channel;

    ControlChannel(
            String nodeId,
            String agentVersion,
            ChannelGateway gateway,
            RoleCredentials credentials,
            TaskReports reports,
            Orders orders) {
        this.nodeId = nodeId;
        this.agentVersion = agentVersion;
        this.gateway = gateway;
        this.credentials = credentials;
        this.reports = reports;
        this.orders = orders;
        thread.setDaemon(true);
    }

    /** @param eachOpening is told of each channel that opened, on the network's thread; must not block */
    void start(Runnable eachOpening) {
        this.eachOpening = eachOpening;
        thread.start();
    }

    /** Whether it is open now. Any thread. */
    boolean isOpen() {
        return open;
    }

    /** Closes the channel, so that no order comes, and makes no new one until {@link #release}. Blocks up to a second. */
    void hold() throws InterruptedException {
        held = true;
        WebSocketChannel present = channel;
        if (present != null) {
            present.close(NORMAL, "the agent is being replaced");
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        while (open && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(HOLD_POLL_MILLIS);
        }
    }

    void release() {
        held = false;
    }

    /** Makes no new channel; the present one is closed with the gateway. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean quick = true;
        try {
            credentials.awaitFirst();
            while (!stopped) {
                if (held) {
                    TimeUnit.MILLISECONDS.sleep(HOLD_POLL_MILLIS);
                    continue;
                }
                boolean worked = openOnce();
                if (stopped) {
                    return;
                }
                if (held) {
                    continue;
                }
                if (worked) {
                    backoff.reset();
                    quick = true;
                }
                long pause = quick
                        ? ThreadLocalRandom.current().nextLong(QUICK_MILLIS)
                        : backoff.next().toMillis();
                quick = false;
                LOG.debug("Control channel: next try in {} ms", pause);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("Control channel: stopped");
        }
    }

    /** Opens a channel and waits for its end; whether the server used it, or it was open for long. */
    private boolean openOnce() throws InterruptedException {
        long began = System.nanoTime();
        String path = "/v1/control-channel/" + nodeId;
        Connection connection;
        try {
            connection = new Connection(gateway.token(path, Map.of()));
            gateway.open(path + "?role=subscribe&stream=input", connection);
        } catch (ServiceException e) {
            LOG.warn("The server refuses the control channel: {}", e.toString());
            if (e.status() == 401 || e.status() == 403 || e.code().contains("Token")) {
                credentials.expired();
            }
            return false;
        } catch (IOException | RuntimeException e) {
            LOG.warn("No control channel: {}", e.getMessage());
            return false;
        }
        connection.closed.await();
        return connection.used || connection.opened && System.nanoTime() - began > STABLE_NANOS;
    }

    /** Call-backs come on the network's thread. */
    private final class Connection implements WebSocketListener {
        private final String token;
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean opened;
        private volatile boolean used;

        private Connection(String token) {
            this.token = token;
        }

        @Override
        public void opened(WebSocketChannel made) {
            opened = true;
            open = true;
            channel = made;
            made.sendText(OpenChannel.ofNodeControl(
                            UUID.randomUUID(),
                            token,
                            agentVersion,
                            OperatingSystem.current().channelName())
                    .toJson());
            LOG.info("Control channel open: this node can be reached");
            reports.channel(made);
            eachOpening.run();
        }

        @Override
        public void frame(ByteBuffer bytes) {
            try {
                obey(AgentMessage.decode(bytes, true));
                used = true;
            } catch (MalformedMessageException e) {
                LOG.warn("A message of the control channel is dropped: {}", e.getMessage());
            }
        }

        private void obey(AgentMessage message) throws MalformedMessageException {
            switch (message.type()) {
                case MessageTypes.INTERACTIVE_SHELL -> orders.startSession(SessionTask.parse(message.payload()));
                case MessageTypes.CHANNEL_CLOSED ->
                    orders.endSession(ChannelClosed.parse(message.payload()).sessionId());
                case MessageTypes.AGENT_TASK_ACKNOWLEDGE ->
                    reports.acknowledged(
                            TaskAcknowledge.parse(message.payload()).messageId());
                default -> LOG.debug("A message of type {} is not for this agent", message.type());
            }
        }

        @Override
        public void closed(int code, String cause) {
            open = false;
            channel = null;
            reports.channel(null);
            if (!stopped) {
                LOG.warn("Control channel {}: {}", opened ? "lost" : "not opened", cause);
            }
            closed.countDown();
        }
    }
}
