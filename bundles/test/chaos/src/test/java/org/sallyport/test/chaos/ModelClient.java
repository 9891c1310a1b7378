package org.sallyport.test.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSettings;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

/**
 * A client with the conduct of session-manager-plugin 1.2.677.0 (data-channel specification, sections 2.5 and 3.6): six tries to come back,
 * then it hangs; a key typed on a dead socket is its end; duplicates are never acknowledged. All state is on its one thread.
 */
final class ModelClient implements AutoCloseable {
    private static final int TRIES = 6;
    private static final StreamSettings RECEIVING =
            new StreamSettings(10_000, 16 << 20, 10_000, 16 << 20, 0, Duplicates.IGNORE);

    /** How it ended: {@code closed: text}, {@code timed out}, {@code broken pipe} or {@code hangs}. */
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private final ScheduledExecutorService lane = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "chaos-model-client");
        thread.setDaemon(true);
        return thread;
    });
    private final Random random;
    private final Api.Started started;
    private final Api api;
    private final WebSocketConnector connector;
    private final StreamCheck check;
    private final HashedStream input;
    private final PluginSender sender;
    private final StreamReceiver receiver = new StreamReceiver(RECEIVING);
    private final String clientId = UUID.randomUUID().toString();
    private final int linesASecond;
    private String token;
    private WebSocketChannel channel;
    private Dialling current;
    private boolean typing;
    private boolean shell;
    private boolean finishing;
    private volatile int reconnects;
    private volatile int unacknowledged;

    ModelClient(int linesASecond, long seed, Api.Started started, Api api, WebSocketConnector connector) {
        this.random = new Random(seed);
        this.started = started;
        this.api = api;
        this.connector = connector;
        this.linesASecond = linesASecond;
        this.check = StreamCheck.ofLines(started.sessionId(), "out");
        this.input = new HashedStream(started.sessionId(), "in");
        this.sender = new PluginSender(random);
    }

    void begin() {
        execute(() -> {
            token = started.token();
            dial(1);
        });
        lane.scheduleWithFixedDelay(
                this::tick, PluginSender.TICK_MILLIS, PluginSender.TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A person types, and pauses when the screen tells that the connection is away; nothing tells it in a black hole. */
    void typeOn() {
        execute(() -> typing = true);
        lane.scheduleWithFixedDelay(
                () -> {
                    if (typing && channel != null && shell && !finishing && !end.isDone()) {
                        line();
                    }
                },
                0,
                1_000_000 / linesASecond,
                TimeUnit.MICROSECONDS);
    }

    /** A key whatever the state of the connection is. */
    void typeBlindly() {
        execute(this::line);
    }

    /** The last line of the input stream; comes once the connection is there. */
    void finish() {
        execute(() -> finishing = true);
        lane.scheduleWithFixedDelay(
                () -> {
                    if (typing && channel != null) {
                        typing = false;
                        type("END %d %s\n"
                                .formatted(input.lines(), input.digest())
                                .getBytes(StandardCharsets.US_ASCII));
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }

    CompletableFuture<String> end() {
        return end;
    }

    StreamCheck check() {
        return check;
    }

    String sessionId() {
        return started.sessionId();
    }

    int reconnects() {
        return reconnects;
    }

    /** Known roughly: it is of another thread. */
    int unacknowledged() {
        return unacknowledged;
    }

    String state() {
        return "%s: got %d lines, %s %s; typed %d lines, %d unacknowledged; %d reconnects, end: %s"
                .formatted(
                        sessionId(),
                        check.lines(),
                        check.fault(),
                        check.verdict(),
                        input.lines(),
                        sender.unacknowledged(),
                        reconnects,
                        end.getNow("open"));
    }

    private void line() {
        byte[] line = input.peek();
        input.advance(line);
        type(line);
    }

    private void type(byte[] keys) {
        AgentMessage message = sender.message(PayloadType.OUTPUT, keys, System.currentTimeMillis());
        if (channel == null) {
            over("broken pipe");
            return;
        }
        channel.send(ByteBuffer.wrap(message.encode()));
    }

    private void tick() {
        if (channel != null && !end.isDone()) {
            sender.tick(System.currentTimeMillis()).forEach(m -> channel.send(ByteBuffer.wrap(m.encode())));
        }
        unacknowledged = sender.unacknowledged();
    }

    private void dial(int attempt) {
        current = new Dialling(attempt);
        connector.connect(started.streamUrl(), List.of(), WebSocketSettings.DEFAULT, current);
    }

    /** One try is ResumeSession and the new connection; any failure of either counts. */
    private void resume(int attempt) {
        if (end.isDone()) {
            return;
        }
        try {
            String fresh = api.call("ResumeSession", Map.of("SessionId", sessionId()))
                    .path("TokenValue")
                    .asText("");
            if (fresh.isEmpty()) {
                over("timed out");
                return;
            }
            token = fresh;
            dial(attempt);
        } catch (IOException | ServiceException e) {
            failed(attempt);
        }
    }

    private void failed(int attempt) {
        if (attempt >= TRIES) {
            over("hangs");
            return;
        }
        long pause = (100 + random.nextInt(101)) << (attempt - 1);
        lane.schedule(() -> resume(attempt + 1), pause, TimeUnit.MILLISECONDS);
    }

    private void received(byte[] frame) {
        AgentMessage message;
        try {
            message = AgentMessage.decode(ByteBuffer.wrap(frame), true);
            switch (message.type()) {
                case MessageTypes.OUTPUT_STREAM_DATA -> output(message);
                case MessageTypes.ACKNOWLEDGE ->
                    sender.acknowledged(Acknowledge.parse(message.payload()).sequenceNumber());
                case MessageTypes.CHANNEL_CLOSED ->
                    over("closed: " + ChannelClosed.parse(message.payload()).output());
                default -> throw new MalformedMessageException("not for a client: " + message.type());
            }
        } catch (MalformedMessageException e) {
            over("a message that a client cannot read: " + e.getMessage());
        }
    }

    private void output(AgentMessage message) {
        shell = true;
        StreamReceiver.Received got = receiver.frame(message);
        got.deliver().forEach(one -> check.feed(one.payload()));
        got.acknowledge()
                .forEach(one -> channel.send(
                        ByteBuffer.wrap(Messages.acknowledge(one, UUID.randomUUID(), System.currentTimeMillis())
                                .encode())));
    }

    private void over(String how) {
        end.complete(how);
        if (channel != null && !how.equals("hangs")) {
            channel.close(1000, "");
        }
    }

    private void execute(Runnable work) {
        try {
            lane.execute(work);
        } catch (RejectedExecutionException e) {
            end.complete("stopped");
        }
    }

    @Override
    public void close() {
        execute(() -> over("stopped"));
        lane.shutdown();
    }

    /** One connection. Its call-backs come on the network's thread. */
    private final class Dialling implements WebSocketListener {
        private final int attempt;
        private boolean open;

        private Dialling(int attempt) {
            this.attempt = attempt;
        }

        @Override
        public void opened(WebSocketChannel made) {
            execute(() -> {
                if (end.isDone()) {
                    made.close(1000, "");
                    return;
                }
                open = true;
                channel = made;
                made.sendText(OpenChannel.ofClient(UUID.randomUUID(), token, clientId, "1.2.677.0")
                        .toJson());
            });
        }

        @Override
        public void frame(ByteBuffer message) {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            execute(() -> {
                if (current == this && !end.isDone()) {
                    received(copy);
                }
            });
        }

        @Override
        public void closed(int code, String cause) {
            execute(() -> {
                if (current != this || end.isDone()) {
                    return;
                }
                channel = null;
                if (open) {
                    reconnects++;
                    resume(1);
                } else {
                    failed(attempt);
                }
            });
        }
    }
}
