package org.sallyport.test.bench.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.WebSocketEnd;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.Upgrade;
import org.sallyport.protocol.websocket.UpgradeAnswer;
import org.sallyport.protocol.websocket.WebSocketProtocolException;

/** A node's control channel: upgraded, opened with its token, then silent but for pings. State belongs to the network thread. */
final class FleetSocket implements FleetNet.Dialled, FrameSink {
    private static final int MAX_MESSAGE = 1 << 20;

    private final Supplier<SSLEngine> engine;
    private final String host;
    private final String path;
    private final List<Map.Entry<String, String>> headers;
    private final String first;
    private final Runnable lost;
    private final String key = Upgrade.newKey();
    private final FrameDecoder decoder = new FrameDecoder(Role.CLIENT, MAX_MESSAGE);
    private final CompletableFuture<FleetSocket> open = new CompletableFuture<>();
    private ByteBuffer head = ByteBuffer.allocate(2048);
    private Link link;
    private WebSocketEnd end;

    /**
     * @param first the text that opens the channel
     * @param lost told when the channel ends after it was open
     */
    FleetSocket(
            Supplier<SSLEngine> engine,
            String host,
            String path,
            List<Map.Entry<String, String>> headers,
            String first,
            Runnable lost) {
        this.engine = engine;
        this.host = host;
        this.path = path;
        this.headers = headers;
        this.first = first;
        this.lost = lost;
    }

    CompletableFuture<FleetSocket> open() {
        return open;
    }

    void sendPing() {
        end.ping("keepalive".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void over(Link connected) {
        link = connected;
        end = new WebSocketEnd(connected, Role.CLIENT);
    }

    @Override
    public void opened() {
        link.startTls(engine.get());
    }

    @Override
    public void secured() {
        link.send(ByteBuffer.wrap(Upgrade.clientRequest(host, path, key, headers)));
    }

    @Override
    public void received(ByteBuffer bytes) {
        try {
            if (head == null) {
                decoder.feed(bytes, this);
                return;
            }
            head.put(bytes);
            head.flip();
            Optional<UpgradeAnswer> answer = UpgradeAnswer.read(head);
            if (answer.isEmpty()) {
                head.compact();
                return;
            }
            Upgrade.checkAnswer(answer.get(), key);
            ByteBuffer early = head;
            head = null;
            end.send(first);
            open.complete(this);
            decoder.feed(early, this);
        } catch (WebSocketProtocolException e) {
            link.closeNow(e.getMessage());
        }
    }

    @Override
    public void drained() {
        end.drained();
    }

    @Override
    public void closed(String cause) {
        if (!open.completeExceptionally(new FleetHttp.LostException(cause)) && !open.isCompletedExceptionally()) {
            lost.run();
        }
    }

    @Override
    public void binary(ByteBuffer message) {
        message.position(message.limit());
    }

    @Override
    public void text(String message) {
        link.closeNow("text from the server");
    }

    @Override
    public void ping(byte[] payload) {
        end.pong(payload);
    }

    @Override
    public void pong(byte[] payload) {
        // It is there.
    }

    @Override
    public void close(int code, String reason) {
        end.lastWord(code, "");
        link.closeAfterFlush(reason);
    }
}
