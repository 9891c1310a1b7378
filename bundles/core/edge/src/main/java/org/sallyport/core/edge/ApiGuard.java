package org.sallyport.core.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what the web server does not: connections in total and of one source (an IPv4 address or an IPv6 network of 64 bits), the time for
 * TLS and a request's head together, however slowly they trickle, the time of a whole request, and how many bodies of one source are waited
 * for at once, since each holds a thread of the web server. A connection beyond a limit is closed, one too many before TLS: who is refused is to
 * cost less than who is served. What the web server itself is late with is no peer's fault ({@link ServedTime}). Any thread; {@link #look} is
 * to be called about once a second.
 */
final class ApiGuard implements Connection.Listener, HttpConfiguration.Customizer {
    private static final Logger LOG = LoggerFactory.getLogger(ApiGuard.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    /**
     * @param total open connections
     * @param perAddress those of one source
     * @param bodies requests of one source that a thread waits for the body of
     * @param head from the connection, or from the first byte of a later request, to the end of the request's head, in {@link ServedTime}
     * @param request from there to the end of its answer
     */
    record Limits(int total, int perAddress, int bodies, Duration head, Duration request) {
        static final Limits DEFAULT =
                new Limits(4_096, 512, WebServer.MAX_THREADS * 3 / 4, Duration.ofSeconds(10), Duration.ofSeconds(120));
    }

    /** One TCP connection and what it is at. */
    private static final class Peer {
        final EndPoint endPoint;
        final String source;
        volatile Connection http;
        volatile boolean inRequest;
        volatile boolean resting;
        /** In served time. */
        volatile long waitsSince;
        /** In real time. */
        volatile long requestSince;

        volatile long bytesBefore;

        Peer(EndPoint endPoint, String source, long served) {
            this.endPoint = endPoint;
            this.source = source;
            this.waitsSince = served;
        }
    }

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final ServedTime served;
    private final Map<EndPoint, Peer> peers = new ConcurrentHashMap<>();
    private final Map<String, Integer> sources = new ConcurrentHashMap<>();
    private final Map<String, Integer> bodies = new ConcurrentHashMap<>();
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong saidAt;

    ApiGuard(Limits limits) {
        this(limits, System::nanoTime);
    }

    ApiGuard(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.served = new ServedTime(nanoTime);
        this.saidAt = new AtomicLong(nanoTime.getAsLong() - BETWEEN_LINES.toNanos());
    }

    int connections() {
        return peers.size();
    }

    /** The threads that the connections wait for; null while there are none. */
    void servedBy(Executor threads) {
        served.servedBy(threads);
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint socket = socket(connection);
        if (socket != connection.getEndPoint()) {
            // HTTP inside TLS: unless the socket was refused, it is known
            Peer known = peers.get(socket);
            if (known != null) {
                known.http = connection;
            }
            return;
        }
        String source = source(socket);
        int ofSource = sources.merge(source, 1, Integer::sum);
        if (ofSource > limits.perAddress()) {
            oneLess(sources, source);
            refuse(socket, source, limits.perAddress() + " connections of one address");
        } else if (peers.size() >= limits.total()) {
            oneLess(sources, source);
            refuse(socket, source, limits.total() + " connections");
        } else {
            peers.put(socket, new Peer(socket, source, served.getAsLong()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint socket = socket(connection);
        Peer peer = peers.get(socket);
        if (peer != null && peer.http != connection && peers.remove(socket, peer)) {
            oneLess(sources, peer.source);
        }
    }

    private static void oneLess(Map<String, Integer> counts, String name) {
        counts.computeIfPresent(name, (source, count) -> count == 1 ? null : count - 1);
    }

    /** Called by the web server when a request's head is complete. */
    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        Connection connection = request.getConnectionMetaData().getConnection();
        Peer peer = peers.get(socket(connection));
        if (peer == null) {
            return request;
        }
        peer.requestSince = nanoTime.getAsLong();
        peer.resting = false;
        peer.inRequest = true;
        Guarded guarded = new Guarded(request, peer);
        Request.addCompletionListener(request, failure -> {
            guarded.over();
            peer.bytesBefore = connection.getBytesIn();
            peer.waitsSince = served.getAsLong();
            peer.inRequest = false;
            peer.resting = true;
        });
        return guarded;
    }

    /** Counts while its body is waited for. A body that came along with the head never is. */
    private final class Guarded extends Request.Wrapper {
        private final Peer peer;
        private final AtomicBoolean waits = new AtomicBoolean();

        Guarded(Request request, Peer peer) {
            super(request);
            this.peer = peer;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                over();
            } else if (waits.compareAndSet(false, true)
                    && bodies.merge(peer.source, 1, Integer::sum) > limits.bodies()) {
                refuse(peer.endPoint, peer.source, limits.bodies() + " bodies of one address that are waited for");
            }
            return chunk;
        }

        void over() {
            if (waits.compareAndSet(true, false)) {
                oneLess(bodies, peer.source);
            }
        }
    }

    /** Closes what is late. */
    void look() {
        served.tick();
        long now = nanoTime.getAsLong();
        long servedNow = served.getAsLong();
        peers.values().forEach(peer -> look(peer, now, servedNow));
    }

    private void look(Peer peer, long now, long servedNow) {
        if (peer.resting) {
            if (peer.http.getBytesIn() == peer.bytesBefore) {
                // The web server ends it when it has rested for too long.
                return;
            }
            peer.resting = false;
            peer.waitsSince = servedNow;
        }
        boolean inRequest = peer.inRequest;
        boolean late = inRequest
                ? now - peer.requestSince > limits.request().toNanos()
                : servedNow - peer.waitsSince > limits.head().toNanos();
        if (late) {
            LOG.debug("Connection from {} closed: {} takes too long", peer.source, inRequest ? "request" : "head");
            peer.endPoint.close();
        }
    }

    private void refuse(EndPoint socket, String source, String limit) {
        long now = nanoTime.getAsLong();
        long said = saidAt.get();
        if (now - said >= BETWEEN_LINES.toNanos() && saidAt.compareAndSet(said, now)) {
            LOG.warn(
                    "API connection from {} refused: the limit of {} is reached ({} more refused since the last such line)",
                    source,
                    limit,
                    unsaid.getAndSet(0));
        } else {
            unsaid.incrementAndGet();
        }
        socket.close();
    }

    private static EndPoint socket(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        return endPoint instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : endPoint;
    }

    private static String source(EndPoint socket) {
        InetAddress address = socket.getRemoteSocketAddress() instanceof InetSocketAddress internet
                ? internet.getAddress()
                : InetAddress.getLoopbackAddress();
        return address instanceof Inet6Address
                ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : address.getHostAddress();
    }
}
