package org.sallyport.channel.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.LinkOwner;
import org.sallyport.channel.link.WebSocketEnd;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.Upgrade;
import org.sallyport.protocol.websocket.UpgradeAnswer;
import org.sallyport.protocol.websocket.WebSocketProtocolException;

/** The client's side of one connection: CONNECT through a proxy, TLS, upgrade, then frames. State belongs to the loop's thread. */
final class ClientConnection implements LinkOwner, WebSocketChannel {
    private static final int MAX_MESSAGE = 1 << 20;
    private static final int MAX_HEAD = UpgradeAnswer.MAX_BYTES;
    private static final int BROKEN = 1006;
    private static final Pattern PROXY_ACCEPTS = Pattern.compile("HTTP/1\\.[01] 2\\d\\d[ \r].*", Pattern.DOTALL);
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{0,80}");

    private enum Phase {
        PROXY,
        TLS,
        UPGRADE,
        OPEN,
        CLOSED
    }

    /** Where to go: what stands in the request, and how to encrypt. */
    record Target(
            String authority,
            String hostHeader,
            String pathAndQuery,
            List<Map.Entry<String, String>> headers,
            boolean viaProxy,
            Optional<String> proxyAuthorization,
            Supplier<SSLEngine> engine) {}

    private final Target target;
    private final FrameSink sink = new Frames();
    private final WebSocketListener listener;
    private final KeepAlive keepAlive;
    private final String key = Upgrade.newKey();
    private final FrameDecoder decoder = new FrameDecoder(Role.CLIENT, MAX_MESSAGE);
    private WebSocketEnd end;
    private Link link;
    private Phase phase;
    private ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);
    private int closeCode = BROKEN;
    private String closeReason;
    private final AtomicReference<Duration> probe = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    ClientConnection(Target target, WebSocketSettings settings, WebSocketListener listener, long nowNanos) {
        this.target = target;
        this.listener = listener;
        this.keepAlive = new KeepAlive(settings, nowNanos);
        this.phase = target.viaProxy() ? Phase.PROXY : Phase.TLS;
    }

    /** The connection to speak over; before any of its events. */
    void over(Link connected) {
        link = connected;
        end = new WebSocketEnd(connected, Role.CLIENT);
    }

    @Override
    public void opened() {
        if (ended.get()) {
            link.closeNow("too late");
        } else if (phase == Phase.PROXY) {
            String authorization = target.proxyAuthorization()
                    .map(value -> ProxySettings.AUTHORIZATION + ": " + value + "\r\n")
                    .orElse("");
            String connect =
                    "CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n%2$s\r\n".formatted(target.authority(), authorization);
            link.send(ByteBuffer.wrap(connect.getBytes(StandardCharsets.US_ASCII)));
        } else {
            link.startTls(target.engine().get());
        }
    }

    /** The TCP connection could not be made. */
    void failed(String cause) {
        closeReason = cause;
        closed(cause);
    }

    void tick(long nowNanos) {
        link.tick(nowNanos);
        if (end.closeOverdue(nowNanos)) {
            link.closeNow("the server did not answer the close");
        }
        Duration asked = probe.getAndSet(null);
        boolean question = asked != null && phase == Phase.OPEN && keepAlive.asked(asked, nowNanos);
        keepAlive.fault(nowNanos, phase == Phase.OPEN, link.paused()).ifPresent(fault -> {
            closeReason = fault;
            link.closeNow(fault);
        });
        boolean due = phase == Phase.OPEN && keepAlive.pingDue(nowNanos);
        if (due || question) {
            end.ping("keepalive".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void secured() {
        phase = Phase.UPGRADE;
        link.send(ByteBuffer.wrap(
                Upgrade.clientRequest(target.hostHeader(), target.pathAndQuery(), key, target.headers())));
    }

    @Override
    public void received(ByteBuffer bytes) {
        switch (phase) {
            case PROXY -> proxyAnswer(bytes);
            case UPGRADE -> upgradeAnswer(bytes);
            case OPEN -> {
                keepAlive.received(System.nanoTime());
                frames(bytes);
            }
            case TLS, CLOSED -> bytes.position(bytes.limit());
        }
    }

    private void proxyAnswer(ByteBuffer bytes) {
        if (!collect(bytes)) {
            return;
        }
        String text =
                StandardCharsets.ISO_8859_1.decode(head.duplicate().flip()).toString();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        if (!PROXY_ACCEPTS.matcher(text).matches()) {
            String line = text.substring(0, text.indexOf("\r\n"));
            abort("the proxy refused: " + (PRINTABLE.matcher(line).matches() ? line : "not an HTTP answer"));
        } else if (end + 4 < text.length() || bytes.hasRemaining()) {
            abort("the proxy sent more than its answer");
        } else {
            head.clear();
            phase = Phase.TLS;
            link.startTls(target.engine().get());
        }
    }

    private void upgradeAnswer(ByteBuffer bytes) {
        if (!collect(bytes)) {
            return;
        }
        head.flip();
        try {
            var answer = UpgradeAnswer.read(head);
            if (answer.isEmpty()) {
                head.compact();
                return;
            }
            Upgrade.checkAnswer(answer.get(), key);
        } catch (WebSocketProtocolException e) {
            abort(e.getMessage());
            return;
        }
        ByteBuffer early = head;
        head = null;
        phase = Phase.OPEN;
        keepAlive.opened(System.nanoTime());
        listener.opened(this);
        frames(early);
        frames(bytes);
    }

    /** Adds to the head as much as has room; false when the head is too long. */
    private boolean collect(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), head.remaining());
        head.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        if (!head.hasRemaining()) {
            boolean complete = StandardCharsets.ISO_8859_1
                    .decode(head.duplicate().flip())
                    .toString()
                    .contains("\r\n\r\n");
            if (!complete) {
                abort("the answer's head is longer than " + MAX_HEAD + " bytes");
                return false;
            }
        }
        return true;
    }

    private void frames(ByteBuffer bytes) {
        try {
            decoder.feed(bytes, sink);
        } catch (WebSocketProtocolException e) {
            closeReason = "the server broke the protocol: " + e.getMessage();
            closeCode = e.closeCode();
            finish(e.closeCode(), e.getMessage());
        }
    }

    @Override
    public boolean send(ByteBuffer message) {
        return end.send(message);
    }

    @Override
    public boolean sendText(String message) {
        return end.send(message);
    }

    @Override
    public long queuedBytes() {
        return link.queuedBytes();
    }

    @Override
    public void pauseReading() {
        link.pauseReading(true);
    }

    @Override
    public void resumeReading() {
        link.pauseReading(false);
    }

    @Override
    public void probe(Duration deadline) {
        probe.compareAndSet(null, deadline);
    }

    @Override
    public void close(int code, String reason) {
        end.close(code, reason);
    }

    @Override
    public void drained() {
        end.drained();
        if (delivering()) {
            listener.writable();
        }
    }

    @Override
    public void closed(String cause) {
        phase = Phase.CLOSED;
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Optional<WebSocketEnd.Asked> own = end == null ? Optional.empty() : end.asked();
        if (own.isPresent()) {
            listener.closed(own.get().code(), "closed here: " + own.get().reason());
        } else {
            listener.closed(closeCode, closeReason == null ? cause : closeReason);
        }
    }

    private boolean delivering() {
        return phase == Phase.OPEN && end.asked().isEmpty();
    }

    private void abort(String cause) {
        closeReason = cause;
        phase = Phase.CLOSED;
        link.closeNow(cause);
    }

    private void finish(int code, String reason) {
        phase = Phase.CLOSED;
        end.lastWord(code, reason);
        link.closeAfterFlush(reason);
    }

    private final class Frames implements FrameSink {
        @Override
        public void binary(ByteBuffer message) {
            if (delivering()) {
                listener.frame(message);
            }
        }

        @Override
        public void text(String message) {
            if (delivering()) {
                listener.text(message);
            }
        }

        @Override
        public void ping(byte[] payload) {
            end.pong(payload);
        }

        @Override
        public void pong(byte[] payload) {
            keepAlive.pong(System.nanoTime());
        }

        @Override
        public void close(int code, String reason) {
            closeCode = code;
            closeReason = "closed by the server: " + code + (reason.isEmpty() ? "" : " " + reason);
            finish(code, "");
        }
    }
}
