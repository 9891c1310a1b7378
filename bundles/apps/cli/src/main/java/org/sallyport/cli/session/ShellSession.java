package org.sallyport.cli.session;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.handshake.ClientHandshake;
import org.sallyport.protocol.handshake.HandshakeException;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;

/**
 * The client's end of a shell session (data-channel specification, sections 2, 3 and 6). All state is on one lane, a thread of its own;
 * network and keyboard post to it. A lost connection is taken up again with ResumeSession and what was not acknowledged is sent once more.
 */
public final class ShellSession implements AutoCloseable {
    private static final String CLIENT_VERSION = "1.2.677.0";
    private static final Set<String> SHELLS =
            Set.of("Standard_Stream", "InteractiveCommands", "NonInteractiveCommands");
    private static final long HIGH_MARK = 256 * 1024;
    private static final long LOW_MARK = 64 * 1024;

    private final String sessionId;
    private final Dialer dialer;
    private final Screen screen;
    private final Clock clock;
    private final String clientId = UUID.randomUUID().toString();
    private final StreamSender sender = new StreamSender(StreamSettings.forClient(), MessageTypes.INPUT_STREAM_DATA);
    private final StreamReceiver receiver = new StreamReceiver(StreamSettings.forClient());
    private final ClientHandshake handshake = new ClientHandshake(CLIENT_VERSION, SHELLS);
    private final Room room = new Room();
    private final Backlog backlog = new Backlog(HIGH_MARK, LOW_MARK);
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final ScheduledExecutorService lane = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sallyport-cli-session-1");
        thread.setDaemon(true);
        return thread;
    });

    private Optional<WebSocketChannel> channel = Optional.empty();
    private TerminalSize size;
    private int connection;

    public ShellSession(String sessionId, Dialer dialer, Screen screen, TerminalSize size) {
        this(sessionId, dialer, screen, size, Clock.systemUTC());
    }

    ShellSession(String sessionId, Dialer dialer, Screen screen, TerminalSize size, Clock clock) {
        this.sessionId = sessionId;
        this.dialer = dialer;
        this.screen = screen;
        this.size = size;
        this.clock = clock;
    }

    /** Connects with the token of StartSession; the result comes once. */
    public CompletableFuture<Outcome> begin(String token, URI streamUrl) {
        lane.scheduleWithFixedDelay(
                this::tick, StreamSettings.TICK_MILLIS, StreamSettings.TICK_MILLIS, TimeUnit.MILLISECONDS);
        sender.send(PayloadType.SIZE, size.toJson(), now());
        post(() -> connect(token, streamUrl));
        return outcome;
    }

    /** Sends what was typed; blocks while the node does not take what was typed before. */
    public void type(byte[] keys) throws InterruptedException {
        for (int from = 0; from < keys.length; from += StreamSettings.CHUNK_BYTES) {
            byte[] chunk =
                    java.util.Arrays.copyOfRange(keys, from, Math.min(keys.length, from + StreamSettings.CHUNK_BYTES));
            room.await(outcome::isDone);
            post(() -> send(PayloadType.OUTPUT, chunk));
        }
    }

    /** The window has a new size. */
    public void resize(TerminalSize changed) {
        post(() -> {
            if (!changed.equals(size)) {
                size = changed;
                send(PayloadType.SIZE, changed.toJson());
            }
        });
    }

    /** Leaves at once, whatever the state of the connection. */
    public void leave() {
        outcome.complete(new Outcome(Outcome.How.LEFT, ""));
    }

    @Override
    public void close() {
        post(() -> channel.ifPresent(open -> open.close(1000, "")));
        lane.shutdown();
        try {
            if (!lane.awaitTermination(2, TimeUnit.SECONDS)) {
                lane.shutdownNow();
            }
        } catch (InterruptedException e) {
            lane.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void connect(String token, URI streamUrl) {
        connection++;
        channel = Optional.empty();
        dialer.dial(streamUrl, new Events(connection, token, streamUrl));
    }

    private void opened(int number, WebSocketChannel opened, String token) {
        if (number != connection) {
            opened.close(1000, "");
            return;
        }
        boolean again = number > 1;
        channel = Optional.of(opened);
        opened.sendText(OpenChannel.ofClient(UUID.randomUUID(), token, clientId, CLIENT_VERSION)
                .toJson());
        sender.reconnected(now()).forEach(this::write);
        if (again) {
            screen.notice("connected again");
        }
    }

    private void received(int number, byte[] frame) {
        channel.ifPresent(open -> {
            if (backlog.took(frame.length)) {
                open.resumeReading();
            }
        });
        if (number != connection || outcome.isDone()) {
            return;
        }
        try {
            handle(AgentMessage.decode(ByteBuffer.wrap(frame), true));
        } catch (MalformedMessageException e) {
            screen.notice("a message from the server was not understood and is left out: " + e.getMessage());
        } catch (IOException e) {
            outcome.complete(new Outcome(Outcome.How.LOST, "The output cannot be written: " + e.getMessage()));
        }
    }

    private void handle(AgentMessage message) throws MalformedMessageException, IOException {
        switch (message.type()) {
            case MessageTypes.OUTPUT_STREAM_DATA -> {
                StreamReceiver.Received received = receiver.frame(message);
                for (AgentMessage one : received.deliver()) {
                    show(one);
                }
                // Acknowledged only when it is on the screen: that is what slows a node down (section 3.6).
                for (AgentMessage one : received.acknowledge()) {
                    write(Messages.acknowledge(one, UUID.randomUUID(), now()));
                }
            }
            case MessageTypes.ACKNOWLEDGE -> {
                sender.acknowledged(Acknowledge.parse(message.payload()).sequenceNumber(), now());
                room.set(!sender.full());
            }
            case MessageTypes.CHANNEL_CLOSED -> {
                String text = reason(message);
                outcome.complete(new Outcome(text.isEmpty() ? Outcome.How.ENDED : Outcome.How.CLOSED, text));
            }
            default -> {
                // start_publication and its kind are for nodes; a client ignores what it does not know.
            }
        }
    }

    /** Whatever the payload is, the session is over (section 3.8). */
    private static String reason(AgentMessage closed) {
        try {
            return ChannelClosed.parse(closed.payload()).output();
        } catch (MalformedMessageException e) {
            return "";
        }
    }

    private void show(AgentMessage message) throws IOException {
        switch (message.payloadType()) {
            case PayloadType.OUTPUT -> screen.output(message.payload());
            case PayloadType.STDERR -> screen.error(message.payload());
            case PayloadType.HANDSHAKE_REQUEST, PayloadType.HANDSHAKE_COMPLETE -> shakeHands(message);
            default -> {
                // Nothing else is text for a person.
            }
        }
    }

    private void shakeHands(AgentMessage message) {
        try {
            if (message.payloadType() == PayloadType.HANDSHAKE_REQUEST) {
                send(
                        PayloadType.HANDSHAKE_RESPONSE,
                        handshake.request(message.payload()).toJson());
                return;
            }
            String forPerson = handshake.complete(message.payload()).customerMessage();
            if (!forPerson.isEmpty()) {
                screen.notice(forPerson);
            }
            // What came before was thrown away by the node (section 5.2).
            send(PayloadType.SIZE, size.toJson());
        } catch (HandshakeException e) {
            lost(e.getMessage());
        }
    }

    private void closed(int number, URI streamUrl, String cause) {
        if (number != connection || outcome.isDone()) {
            return;
        }
        channel = Optional.empty();
        backlog.clear();
        screen.notice("connection lost (" + cause + "), trying again; type Enter ~. to leave");
        dialer.resume(sessionId, token -> post(() -> resumed(token, streamUrl)), this::lost);
    }

    private void resumed(Optional<String> token, URI streamUrl) {
        if (outcome.isDone()) {
            return;
        }
        if (token.isEmpty()) {
            outcome.complete(new Outcome(Outcome.How.CLOSED, "The session is over; the server ended it meanwhile."));
            return;
        }
        connect(token.get(), streamUrl);
    }

    private void lost(String why) {
        outcome.complete(new Outcome(Outcome.How.LOST, why));
    }

    private void send(int payloadType, byte[] payload) {
        if (sender.full()) {
            return;
        }
        AgentMessage message = sender.send(payloadType, payload, now());
        room.set(!sender.full());
        write(message);
    }

    private void tick() {
        sender.tick(now()).forEach(this::write);
        if (sender.exhausted()) {
            lost("The node took nothing of what was typed for five minutes.");
        }
    }

    private void write(AgentMessage message) {
        channel.ifPresent(open -> open.send(ByteBuffer.wrap(message.encode())));
    }

    private long now() {
        return clock.millis();
    }

    private void post(Runnable step) {
        try {
            lane.execute(step);
        } catch (RejectedExecutionException e) {
            // The session is closed; nobody waits for the step.
            outcome.complete(new Outcome(Outcome.How.LEFT, ""));
        }
    }

    /** One connection's call-backs, carried over to the lane. */
    private final class Events implements WebSocketListener {
        private final int number;
        private final String token;
        private final URI streamUrl;
        private volatile WebSocketChannel mine;

        Events(int number, String token, URI streamUrl) {
            this.number = number;
            this.token = token;
            this.streamUrl = streamUrl;
        }

        @Override
        public void opened(WebSocketChannel opened) {
            mine = opened;
            post(() -> ShellSession.this.opened(number, opened, token));
        }

        @Override
        public void frame(ByteBuffer message) {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            if (backlog.added(copy.length)) {
                mine.pauseReading();
            }
            post(() -> received(number, copy));
        }

        @Override
        public void closed(int code, String cause) {
            post(() -> ShellSession.this.closed(number, streamUrl, cause));
        }
    }
}
