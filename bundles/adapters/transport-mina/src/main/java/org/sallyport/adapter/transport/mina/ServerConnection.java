package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.transport.ChannelEndpoint;
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
        TLS,
        REQUEST,
        WORK,
        FRAMES,
        CLOSED
    }

    private final Listener listener;
    private final String id;
    private final String address;
    private volatile Link link;
    private volatile ServerFrames frames;
    private Phase phase = Phase.TLS;
    private RequestReader reader = new RequestReader();
    private ByteBuffer early = ByteBuffer.allocate(0);
    private long phaseSince = System.nanoTime();
    private boolean first = true;

    ServerConnection(Listener listener, String id, String address) {
        this.listener = listener;
        this.id = id;
        this.address = address;
    }

    String id() {
        return id;
    }

    String remoteAddress() {
        return address;
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

    @Override
    public void opened() {
        TlsIdentity identity = listener.identity();
        if (identity == null) {
            link.closeNow("the server's certificate is away");
            return;
        }
        SSLEngine engine = identity.serverContext().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        link.startTls(engine);
    }

    @Override
    public void secured() {
        enter(Phase.REQUEST);
    }

    @Override
    public void received(ByteBuffer bytes) {
        switch (phase) {
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
        LOG.debug("Connection {} from {} closed: {}", id, address, cause);
        if (frames != null) {
            frames.closed(cause);
        }
    }

    void tick(long now) {
        link.tick(now);
        TransportSettings settings = listener.settings();
        switch (phase) {
            case TLS -> giveUpAfter(settings.handshake(), now, "no TLS handshake in time");
            case REQUEST -> {
                boolean waits = !first && !reader.begun();
                giveUpAfter(
                        waits ? settings.idle() : settings.request(), now, waits ? "idle" : "no whole request in time");
            }
            case WORK -> giveUpAfter(WORK, now, "the endpoint did not answer in time");
            case FRAMES -> frames.tick(now, settings);
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

    private void request(ByteBuffer bytes) {
        boolean begun = reader.begun();
        try {
            if (!reader.feed(bytes)) {
                if (!begun && !first) {
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
        WireRequest request =
                new WireRequest(head.method(), head.rawPath(), head.rawQuery(), head.headers(), reader.body(), address);
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
        ChannelEndpoint endpoint = listener.endpoint();
        if (endpoint == null) {
            answer(HttpAnswer.text(503, "the server is being updated; try again"), keepAlive, headOnly);
            return;
        }
        boolean upgrade = Upgrade.requested(request.headers());
        Optional<String> fault = upgrade ? Upgrade.fault(request.method(), request.headers()) : Optional.empty();
        if (fault.isPresent() || upgrade && request.body().length > 0) {
            refuse(HttpAnswer.text(400, fault.orElse("an upgrade has no body")), "bad upgrade");
            return;
        }
        try {
            listener.workers().execute(() -> {
                if (upgrade) {
                    askUpgrade(endpoint, request);
                } else {
                    Answer answer = ask(endpoint, request);
                    listener.loop().execute(() -> answer(answer, keepAlive, headOnly));
                }
            });
        } catch (RejectedExecutionException e) {
            answer(HttpAnswer.text(503, "the server is busy; try again"), keepAlive, headOnly);
        }
    }

    private Answer ask(ChannelEndpoint endpoint, WireRequest request) {
        try {
            return endpoint.request(request);
        } catch (RuntimeException e) {
            LOG.error("Request {} of connection {} failed", request.rawPath(), id, e);
            return HttpAnswer.text(500, "the server failed; its log knows connection " + id);
        }
    }

    private void askUpgrade(ChannelEndpoint endpoint, WireRequest request) {
        ChannelEndpoint.Upgrade decision;
        try {
            decision = endpoint.upgrade(request);
        } catch (RuntimeException e) {
            LOG.error("Upgrade {} of connection {} failed", request.rawPath(), id, e);
            decision = ChannelEndpoint.Upgrade.refuse(
                    HttpAnswer.text(500, "the server failed; its log knows connection " + id));
        }
        ChannelEndpoint.Upgrade decided = decision;
        listener.loop().execute(() -> {
            if (decided.handler().isPresent()) {
                upgrade(request, decided.handler().get());
            } else {
                refuse(decided.refusal().orElseGet(() -> HttpAnswer.text(403, "refused")), "upgrade refused");
            }
        });
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
        enter(Phase.REQUEST);
        ByteBuffer next = takeEarly();
        link.pauseReading(false);
        if (next.hasRemaining()) {
            request(next);
        }
    }

    private void refuse(Answer answer, String why) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        link.send(HttpAnswer.encode(answer, false, false));
        link.closeAfterFlush(why);
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
