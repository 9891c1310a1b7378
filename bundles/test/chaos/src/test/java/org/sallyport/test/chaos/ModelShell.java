package org.sallyport.test.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionStatePayload;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

/**
 * A session as amazon-ssm-agent's worker runs it, with a program that writes one hashed stream and checks another. The oldest message alone
 * is sent again; a lost channel is tried at +0, 0.15, 0.4, 0.9, 1.8 and 3.5 s, then given up while the shell lives on. Any thread, one at a
 * time.
 */
final class ModelShell {
    private static final long[] TRIES_MILLIS = {0, 150, 400, 900, 1_800, 3_500};
    private static final long TICK_MILLIS = 100;
    private static final long FLUSH_MILLIS = 2_000;
    private static final StreamSettings STREAM =
            new StreamSettings(100_000, 1L << 30, 100_000, 1L << 30, 0, Duplicates.ACKNOWLEDGE);

    /** The way to the server. */
    interface Path {
        /** Calls CreateDataChannel; the text for the first frame. Blocks. */
        String first() throws IOException;

        void connect(WebSocketListener listener);
    }

    private final String id;
    private final Path path;
    private final ScheduledExecutorService timer;
    private final Consumer<String> report;
    private final long everyMicros;
    private final StreamSender sender = new StreamSender(STREAM, MessageTypes.OUTPUT_STREAM_DATA);
    private final StreamReceiver receiver = new StreamReceiver(STREAM);
    private final HashedStream output;
    private final StreamCheck check;
    private Connection current;
    private WebSocketChannel channel;
    private boolean connectedOnce;
    private boolean programEnded;
    private boolean running = true;
    private boolean gaveUp;
    private boolean told;
    private long lostAt;
    private long endedAt;

    ModelShell(String id, int linesASecond, Path path, ScheduledExecutorService timer, Consumer<String> report) {
        this.id = id;
        this.path = path;
        this.timer = timer;
        this.report = report;
        this.everyMicros = 1_000_000L / linesASecond;
        this.output = new HashedStream(id, "out");
        this.check = StreamCheck.ofLines(id, "in");
    }

    void begin() {
        lostAt = now();
        timer.execute(() -> dial(0));
        timer.scheduleWithFixedDelay(this::program, 0, everyMicros, TimeUnit.MICROSECONDS);
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The server says over the control channel that the session is over: the shell is killed and reported. */
    synchronized void told() {
        told = true;
        end();
    }

    synchronized boolean running() {
        return running;
    }

    /** Whether it tried for the last time, and keeps its shell. */
    synchronized boolean gaveUp() {
        return gaveUp;
    }

    /** Whether the server said that it is over. */
    synchronized boolean wasTold() {
        return told;
    }

    synchronized int unacknowledged() {
        return sender.unacknowledged();
    }

    synchronized String state() {
        return "%s: wrote %d lines, %d unacknowledged, got %d lines %s, %s%s%s"
                .formatted(
                        id,
                        output.lines(),
                        sender.unacknowledged(),
                        check.lines(),
                        check.fault(),
                        running ? "running" : "ended",
                        gaveUp ? ", gave up" : "",
                        sender.paused() ? ", paused" : "");
    }

    private synchronized void program() {
        if (!running || programEnded || sender.paused() || !connectedOnce || sender.full()) {
            return;
        }
        boolean last = check.ended() || !check.fault().isEmpty();
        byte[] line = output.peek();
        if (last) {
            String verdict = check.fault().isEmpty() ? "GOOD " + check.lines() : "FAULT " + check.fault();
            line = "END %d %s %s\n"
                    .formatted(output.lines(), output.digest(), verdict)
                    .getBytes(StandardCharsets.US_ASCII);
            programEnded = true;
            endedAt = now();
        } else {
            output.advance(line);
        }
        transmit(sender.send(PayloadType.OUTPUT, line, now()));
    }

    private synchronized void tick() {
        if (!running) {
            return;
        }
        if (channel != null) {
            sender.tick(now()).forEach(this::transmit);
        }
        boolean flushed = sender.unacknowledged() == 0 || channel != null && now() - endedAt > FLUSH_MILLIS;
        if (programEnded && channel != null && flushed) {
            transmit(Messages.sessionState(
                    new SessionStatePayload(SessionStatePayload.TERMINATING, id), UUID.randomUUID(), now()));
            end();
        }
    }

    private void end() {
        if (running) {
            running = false;
            if (channel != null) {
                channel.close(1000, "");
                channel = null;
            }
            report.accept(id);
        }
    }

    private void transmit(AgentMessage message) {
        if (channel != null) {
            channel.send(ByteBuffer.wrap(message.encode()));
        }
    }

    /** Not synchronised: the call blocks. */
    private void dial(int attempt) {
        Connection connection = new Connection(attempt);
        synchronized (this) {
            if (!running) {
                return;
            }
            current = connection;
        }
        try {
            connection.first = path.first();
            path.connect(connection);
        } catch (IOException | ServiceException e) {
            boolean over = String.valueOf(e.getMessage()).contains("Session is already terminated");
            failed(connection, over ? TRIES_MILLIS.length : attempt);
        }
    }

    private synchronized void failed(Connection connection, int attempt) {
        if (connection != current || !running) {
            return;
        }
        channel = null;
        if (attempt + 1 >= TRIES_MILLIS.length) {
            gaveUp = true;
            return;
        }
        long due = lostAt + TRIES_MILLIS[attempt + 1] - now();
        timer.schedule(() -> dial(attempt + 1), Math.max(0, due), TimeUnit.MILLISECONDS);
    }

    private synchronized void opened(Connection connection, WebSocketChannel made) {
        if (connection != current || !running) {
            made.close(1000, "");
            return;
        }
        channel = made;
        sender.resume(now()); // not sent in bulk: what waits comes from the timer, the oldest first
        if (!connectedOnce) {
            connectedOnce = true;
            transmit(Messages.sessionState(
                    new SessionStatePayload(SessionStatePayload.CONNECTED, id), UUID.randomUUID(), now()));
        }
    }

    private synchronized void lost(Connection connection) {
        if (connection == current && running) {
            channel = null;
            lostAt = now();
            timer.execute(() -> dial(0));
        }
    }

    private synchronized void received(Connection connection, AgentMessage message) throws MalformedMessageException {
        if (connection != current || !running) {
            return;
        }
        switch (message.type()) {
            case MessageTypes.INPUT_STREAM_DATA -> {
                sender.resume(now());
                StreamReceiver.Received got = receiver.frame(message);
                got.deliver().stream()
                        .filter(one -> one.payloadType() == PayloadType.OUTPUT)
                        .forEach(one -> check.feed(one.payload()));
                got.acknowledge().forEach(one -> transmit(Messages.acknowledge(one, UUID.randomUUID(), now())));
            }
            case MessageTypes.ACKNOWLEDGE ->
                sender.acknowledged(Acknowledge.parse(message.payload()).sequenceNumber(), now());
            case MessageTypes.PAUSE_PUBLICATION -> sender.pause();
            case MessageTypes.START_PUBLICATION -> sender.resume(now());
            case MessageTypes.CHANNEL_CLOSED -> end();
            default -> throw new MalformedMessageException("not for a node: " + message.type());
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private final class Connection implements WebSocketListener {
        private final int attempt;
        private volatile String first;
        private boolean open;

        private Connection(int attempt) {
            this.attempt = attempt;
        }

        @Override
        public void opened(WebSocketChannel made) {
            open = true;
            made.sendText(first);
            timer.execute(() -> ModelShell.this.opened(this, made));
        }

        @Override
        public void frame(ByteBuffer bytes) {
            try {
                received(this, AgentMessage.decode(bytes, false));
            } catch (MalformedMessageException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void closed(int code, String cause) {
            Runnable next = open ? () -> lost(this) : () -> failed(this, attempt);
            timer.execute(next);
        }
    }
}
