package org.sallyport.cli.session;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.SessionPosition;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSender;
import org.sallyport.protocol.stream.StreamSettings;

/** The other end of a session: server and node in one, with the protocol's own streams, on one thread as a connector has it. */
public final class TestNode implements Dialer, AutoCloseable {
    private final ScheduledExecutorService net = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-net");
        thread.setDaemon(true);
        return thread;
    });
    private final StreamSender sender = new StreamSender(StreamSettings.forAgent(), MessageTypes.OUTPUT_STREAM_DATA);
    private final StreamReceiver receiver = new StreamReceiver(StreamSettings.forAgent());
    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private Optional<TestChannel> current = Optional.empty();

    final List<OpenChannel> openings = new CopyOnWriteArrayList<>();
    final List<TerminalSize> sizes = new CopyOnWriteArrayList<>();
    final List<byte[]> handshakeResponses = new CopyOnWriteArrayList<>();
    final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    final List<TestChannel> channels = new CopyOnWriteArrayList<>();

    /** What comes of the next dials and of the next resumes; an ordinary one when empty. */
    final Queue<Consumer<WebSocketListener>> dials = new ConcurrentLinkedQueue<>();

    final Queue<Consumer<Answer>> resumes = new ConcurrentLinkedQueue<>();

    volatile boolean acknowledges = true;
    volatile boolean echoes;

    /** Whether the next connections take more than one message. */
    volatile boolean roomy = true;

    volatile int resumed;

    public TestNode() {
        net.scheduleWithFixedDelay(() -> sender.tick(now()).forEach(this::toClient), 20, 20, TimeUnit.MILLISECONDS);
    }

    @Override
    public void dial(URI streamUrl, WebSocketListener listener) {
        Consumer<WebSocketListener> script = Optional.ofNullable(dials.poll()).orElse(this::accept);
        net.execute(() -> script.accept(listener));
    }

    @Override
    public void resume(String sessionId, Answer answer) {
        int number = ++resumed;
        Optional.ofNullable(resumes.poll())
                .orElse(asked -> asked.token("token-" + number))
                .accept(answer);
    }

    private void accept(WebSocketListener listener) {
        TestChannel channel = new TestChannel(net, listener, this::text, this::binary);
        channel.roomy = roomy;
        current = Optional.of(channel);
        channels.add(channel);
        listener.opened(channel);
        sender.reconnected(now()).forEach(this::toClient);
    }

    /** Output of the program. */
    void print(byte[] output) {
        print(PayloadType.OUTPUT, output);
    }

    void print(int payloadType, byte[] payload) {
        net.execute(() -> toClient(sender.send(payloadType, payload, now())));
    }

    /** A whole frame, well formed or not. */
    void raw(byte[] frame) {
        net.execute(() -> current.ifPresent(channel -> channel.deliver(frame)));
    }

    void closeSession(String text) {
        ChannelClosed closed = ChannelClosed.of(UUID.randomUUID(), "2024-01-01T00:00:00Z", "mi-1", "s-1", text);
        raw(Messages.channelClosed(closed, UUID.randomUUID(), now()).encode());
    }

    /** Takes nothing of what is typed, or again. */
    public void refuses(boolean nothing) {
        acknowledges = !nothing;
    }

    void notice(SessionNotice notice) {
        raw(Messages.sessionNotice(notice, UUID.randomUUID(), now()).encode());
    }

    /** The connection breaks; what is on its way is lost. */
    void breakConnection() {
        net.execute(() -> {
            current.ifPresent(TestChannel::breakOff);
            current = Optional.empty();
        });
    }

    /** All that was typed, in order. */
    public byte[] keys() {
        synchronized (keys) {
            return keys.toByteArray();
        }
    }

    private void text(String message) {
        try {
            OpenChannel opening = OpenChannel.parse(message);
            openings.add(opening);
            if (opening.takesOver().isPresent()) {
                long first = LongStream.iterate(0, n -> n + 1)
                        .filter(n -> !acknowledged.contains(n))
                        .findFirst()
                        .orElseThrow();
                SessionPosition position = new SessionPosition(first, receiver.expected());
                toClient(Messages.sessionPosition(position, UUID.randomUUID(), now()));
            }
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private void binary(ByteBuffer frame) {
        try {
            AgentMessage message = AgentMessage.decode(frame, true);
            if (message.type().equals(MessageTypes.ACKNOWLEDGE)) {
                long sequence = Acknowledge.parse(message.payload()).sequenceNumber();
                acknowledged.add(sequence);
                sender.acknowledged(sequence, now());
                return;
            }
            if (!acknowledges) {
                return;
            }
            StreamReceiver.Received received = receiver.frame(message);
            for (AgentMessage one : received.deliver()) {
                take(one);
            }
            received.acknowledge().forEach(one -> toClient(Messages.acknowledge(one, UUID.randomUUID(), now())));
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(AgentMessage message) throws MalformedMessageException {
        switch (message.payloadType()) {
            case PayloadType.SIZE -> sizes.add(TerminalSize.parse(message.payload()));
            case PayloadType.HANDSHAKE_RESPONSE -> handshakeResponses.add(message.payload());
            default -> {
                synchronized (keys) {
                    keys.writeBytes(message.payload());
                }
                if (echoes) {
                    toClient(sender.send(PayloadType.OUTPUT, message.payload(), now()));
                }
            }
        }
    }

    private void toClient(AgentMessage message) {
        current.ifPresent(channel -> channel.deliver(message.encode()));
    }

    static long now() {
        return System.nanoTime() / 1_000_000 + 1;
    }

    /** Client ids of all openings. */
    List<String> clientIds() {
        List<String> ids = new ArrayList<>();
        openings.forEach(opening -> ids.add(opening.clientId().orElse("")));
        return ids;
    }

    @Override
    public void close() {
        net.shutdownNow();
    }
}
