package org.sallyport.test.e2e;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.sallyport.protocol.handshake.ClientHandshake;
import org.sallyport.protocol.handshake.HandshakeException;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.stream.StreamReceiver;
import org.sallyport.protocol.stream.StreamSettings;

/** The terminal of the console's page: opens with the one-use token, answers the handshake, shows, acknowledges, types. */
final class BrowserShell implements WebSocket.Listener {
    private static final String VERSION = "1.2.677.0";

    private final ClientHandshake handshake = new ClientHandshake(VERSION, Set.of("Standard_Stream"));
    private final StreamReceiver receiver = new StreamReceiver(StreamSettings.forClient());
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final StringBuffer screen = new StringBuffer();
    private volatile boolean ready;
    private volatile boolean closed;
    private long sequence;
    private volatile WebSocket socket;
    private CompletableFuture<WebSocket> sent;

    static BrowserShell open(Browser browser, String streamUrl, String token) throws Exception {
        BrowserShell shell = new BrowserShell();
        WebSocket socket = browser.open(streamUrl, shell);
        shell.socket = socket;
        OpenChannel opening =
                OpenChannel.ofClient(UUID.randomUUID(), token, UUID.randomUUID().toString(), VERSION);
        synchronized (shell) {
            shell.sent = socket.sendText(opening.withNotices().toJson(), true);
        }
        return shell;
    }

    void type(String keys) {
        await("the first output", () -> ready);
        input(PayloadType.OUTPUT, keys.getBytes(StandardCharsets.UTF_8));
    }

    void awaitText(String text) {
        await(text, () -> screen.indexOf(text) >= 0);
    }

    void awaitClosed() {
        await("channel_closed", () -> closed);
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(60, TimeUnit.SECONDS).until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("'" + what + "' did not come; the screen: " + screen, e);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        screen.append(failure);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        part.writeBytes(bytes);
        if (last) {
            try {
                message(AgentMessage.decode(ByteBuffer.wrap(part.toByteArray()), true));
            } catch (MalformedMessageException | HandshakeException e) {
                screen.append(e);
            }
            part.reset();
        }
        from.request(1);
        return null;
    }

    private void message(AgentMessage message) throws MalformedMessageException, HandshakeException {
        if (message.type().equals(MessageTypes.CHANNEL_CLOSED)) {
            closed = true;
        }
        if (!message.type().equals(MessageTypes.OUTPUT_STREAM_DATA)) {
            return;
        }
        StreamReceiver.Received received = receiver.frame(message);
        for (AgentMessage one : received.deliver()) {
            show(one);
        }
        for (AgentMessage one : received.acknowledge()) {
            send(Messages.acknowledge(one, UUID.randomUUID(), System.currentTimeMillis()));
        }
    }

    private void show(AgentMessage message) throws HandshakeException {
        switch (message.payloadType()) {
            case PayloadType.HANDSHAKE_REQUEST ->
                input(
                        PayloadType.HANDSHAKE_RESPONSE,
                        handshake.request(message.payload()).toJson());
            case PayloadType.HANDSHAKE_COMPLETE -> {
                handshake.complete(message.payload());
                ready = true;
            }
            default -> {
                // nodes shake hands only where there is something to agree on
                screen.append(message.text());
                ready = true;
            }
        }
    }

    private synchronized void input(int payloadType, byte[] payload) {
        send(new AgentMessage(
                MessageTypes.INPUT_STREAM_DATA,
                1,
                System.currentTimeMillis(),
                sequence,
                sequence == 0 ? 1 : 0,
                UUID.randomUUID(),
                payloadType,
                payload));
        sequence++;
    }

    /** One at a time, as the socket wants it, and never waited for on the thread that reads. */
    private synchronized void send(AgentMessage message) {
        sent = sent.thenCompose(before -> socket.sendBinary(ByteBuffer.wrap(message.encode()), true));
    }
}
