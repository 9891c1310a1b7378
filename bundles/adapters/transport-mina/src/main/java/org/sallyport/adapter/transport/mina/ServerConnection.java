package org.sallyport.adapter.transport.mina;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.transport.ChannelEndpoint.Answer;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.LinkOwner;
import org.sallyport.protocol.websocket.Upgrade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the channel port: TLS, then requests one after the other, then perhaps a web-socket. State belongs to the network
 * thread; the endpoint is asked on a worker, meanwhile nothing is read.
 */
final class ServerConnection implements LinkOwner {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    /** What one read can bring beyond a request: MINA's largest read buffer and a record. */
    private static final int MAX_EARLY = 128 * 1024;

    private static final Duration WORK = Duration.ofSeconds(30);

    private enum Phase {
        PROXY,
        TLS,
        REQUEST,
        WORK,
        FRAMES,
        CLOSED
    }

    private final Listener listener;
    private final String id;
    private final ProxyHeader proxyHeader = new ProxyHeader();
    private volatile InetAddress address;
    private volatile Link link;
    private volatile ServerFrames frames;
    private Phase phase;
    private RequestReader reader = new RequestReader();
    private ByteBuffer early = ByteBuffer.allocate(0);
    private long phaseSince = System.nanoTime();
    private boolean first = true;

    /**
     * @param peer the socket's peer
     * @param proxied the peer is a proxy and begins with a header that names the source
     */
    ServerConnection(Listener listener, String id, InetAddress peer, boolean proxied) {
        this.listener = listener;
        this.id = id;
        this.address = peer;
        this.phase = proxied ? Phase.PROXY : Phase.TLS;
    }

    String id() {
        return id;
    }

    String remoteAddress() {
        return address.getHostAddress();
    }

    void over(Link connected) {
        link = connected;
    }

    /** Any thread. */
    void shutDown() {
        ServerFrames open = frames;
        if (open == null) {
            link.closeNow("the server stops");
        } else {
            open.close(1001, "the server stops");
        }
    }

    /** A new connection needs this one's place. */
    void giveWay() {
        link.closeNow("many connections are pending; this one was resting");
    }

    @Override
    public void opened() {
        if (phase == Phase.TLS) {
            startTls(ByteBuffer.allocate(0));
        }
    }

    private void startTls(ByteBuffer early) {
        TlsIdentity identity = listener.identity();
        if (identity == null) {
            link.closeNow("the server's certificate is away");
            return;
        }
        SSLEngine engine = identity.serverContext().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        phase = Phase.TLS;
        link.startTls(engine, early);
    }

    private void proxyHeader(ByteBuffer bytes) {
        try {
            if (!proxyHeader.feed(bytes)) {
                return;
            }
        } catch (BadRequestException e) {
            phase = Phase.CLOSED;
            link.closeNow(e.getMessage());
            return;
        }
        address = proxyHeader.source().orElse(address);
        if (listener.enter(this, address)) {
            startTls(bytes);
        } else {
            phase = Phase.CLOSED;
            link.closeNow("too many connections");
        }
    }

    @Override
    public void secured() {
        enter(Phase.REQUEST);
    }

    @Override
    public void received(ByteBuffer bytes) {
        switch (phase) {
            case PROXY -> proxyHeader(bytes);
            case REQUEST -> request(bytes);
            case WORK -> keep(bytes);
            case FRAMES -> frames.received(bytes);
            case TLS, CLOSED -> bytes.position(bytes.limit());
        }
    }

    @Override
    public void drained() {
        if (phase == Phase.FRAMES) {
            frames.drained();
        }
    }

    @Override
    public void closed(String cause) {
        phase = Phase.CLOSED;
        listener.closed(this);
        LOG.debug("Connection {} from {} closed: {}", id, remoteAddress(), cause);
        if (frames != null) {
            frames.closed(cause);
        }
    }

    void tick(long now) {
        link.tick(now);
        TransportSettings.Deadlines deadlines = listener.settings().deadlines();
        switch (phase) {
            case PROXY, TLS -> giveUpAfter(deadlines.handshake(), now, "no TLS handshake in time");
            case REQUEST -> {
                boolean rests = rests();
                giveUpAfter(
                        rests ? deadlines.idle() : deadlines.request(),
                        now,
                        rests ? "idle" : "no whole request in time");
            }
            case WORK -> giveUpAfter(WORK, now, "the endpoint did not answer in time");
            case FRAMES -> frames.tick(now, deadlines);
            case CLOSED -> {
                // The link finishes by itself or by its own deadline.
            }
        }
    }

    private void giveUpAfter(Duration limit, long now, String why) {
        if (now - phaseSince > limit.toNanos()) {
            phase = Phase.CLOSED;
            link.closeNow(why);
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseSince = System.nanoTime();
    }

    private boolean rests() {
        return !first && !reader.begun();
    }

    private void request(ByteBuffer bytes) {
        boolean rested = rests();
        listener.admission().rests(this, false);
        try {
            if (!reader.feed(bytes)) {
                if (rested) {
                    phaseSince = System.nanoTime();
                }
                continueExpected();
                return;
            }
        } catch (BadRequestException e) {
            refuse(HttpAnswer.text(e.status(), e.getMessage()), "bad request: " + e.getMessage());
            return;
        }
        RequestHead head = reader.head();
        WireRequest request = new WireRequest(
                head.method(), head.rawPath(), head.rawQuery(), head.headers(), reader.body(), remoteAddress());
        reader = new RequestReader();
        first = false;
        enter(Phase.WORK);
        link.pauseReading(true);
        keep(bytes);
        dispatch(head, request);
    }

    /** A client that waits before it sends its body. */
    private void continueExpected() {
        if (reader.expectsContinue()) {
            link.send(ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void dispatch(RequestHead head, WireRequest request) {
        boolean keepAlive = !head.hasToken("Connection", "close");
        boolean headOnly = head.method().equals("HEAD");
        boolean upgrade = Upgrade.requested(request.headers());
        Optional<String> fault = upgrade ? Upgrade.fault(request.method(), request.headers()) : Optional.empty();
        if (fault.isPresent() || upgrade && request.body().length > 0) {
            refuse(HttpAnswer.text(400, fault.orElse("an upgrade has no body")), "bad upgrade");
        } else if (upgrade) {
            listener.calls()
                    .upgrade(
                            id,
                            request,
                            handler -> upgrade(request, handler),
                            refusal -> refuse(refusal, "upgrade refused"));
        } else {
            listener.calls().request(id, request, answer -> answer(answer, keepAlive, headOnly));
        }
    }

    private void answer(Answer answer, boolean keepAlive, boolean headOnly) {
        if (phase != Phase.WORK) {
            return;
        }
        link.send(HttpAnswer.encode(answer, keepAlive, headOnly));
        if (!keepAlive) {
            phase = Phase.CLOSED;
            link.closeAfterFlush("answered");
            return;
        }
        if (link.queuedBytes() >= Link.HIGH_MARK) {
            phase = Phase.CLOSED;
            link.closeNow("the peer does not read its answers");
            return;
        }
        enter(Phase.REQUEST);
        ByteBuffer next = takeEarly();
        link.pauseReading(false);
        if (next.hasRemaining()) {
            request(next);
        } else {
            listener.admission().rests(this, true);
        }
    }

    /** Its web-socket has sent its first message. */
    void settled() {
        listener.admission().settled(this);
    }

    private void refuse(Answer answer, String why) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        link.send(HttpAnswer.encode(answer, false, false));
        // The peer may still be sending what nobody wants.
        link.closeLingering(why);
    }

    private void upgrade(WireRequest request, ConnectionHandler handler) {
        if (phase != Phase.WORK) {
            return;
        }
        link.send(ByteBuffer.wrap(Upgrade.serverAnswer(request.headers())));
        frames = new ServerFrames(this, link, handler, System.nanoTime());
        enter(Phase.FRAMES);
        ByteBuffer next = takeEarly();
        link.pauseReading(false);
        frames.opened();
        frames.received(next);
    }

    private void keep(ByteBuffer bytes) {
        if (early.remaining() + bytes.remaining() > MAX_EARLY) {
            phase = Phase.CLOSED;
            link.closeNow("more than one request at a time");
        } else if (bytes.hasRemaining()) {
            early = ByteBuffer.allocate(early.remaining() + bytes.remaining())
                    .put(early)
                    .put(bytes)
                    .flip();
        }
    }

    private ByteBuffer takeEarly() {
        ByteBuffer taken = early;
        early = ByteBuffer.allocate(0);
        return taken;
    }
}
