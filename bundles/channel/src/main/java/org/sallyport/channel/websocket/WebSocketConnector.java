package org.sallyport.channel.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.mina.core.future.ConnectFuture;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketConnector;
import org.sallyport.channel.link.EventLoop;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.LinkHandler;
import org.sallyport.channel.link.Scratch;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;

/**
 * Opens web-sockets; all share one network thread. Any thread; {@link #connect} does not block.
 *
 * <p>Threads, all daemons: one network thread {@code sallyport-channel-net}, one that MINA connects with, two for names, connecting and
 * TLS handshakes with a queue of 256; a connection that finds it full fails at once.
 */
public final class WebSocketConnector implements AutoCloseable {
    private static final int QUEUE = 256;
    private static final long STOP_MILLIS = 1_000;
    private static final long FLUSH_MILLIS = 1_000;

    private final CaTrust trust;
    private final ProxySettings proxy;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final EventLoop loop = EventLoop.named("sallyport-channel-net", this::tick);
    private final Scratch scratch = new Scratch();
    private final ThreadPoolExecutor connecting = pool("connect");
    private final ThreadPoolExecutor handshakes = pool("tls");
    private final NioSocketConnector mina;

    public WebSocketConnector(CaTrust trust, ProxySettings proxy) {
        this.trust = trust;
        this.proxy = proxy;
        this.mina = new NioSocketConnector(
                new ThreadPoolExecutor(0, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), named("mina")), loop);
        mina.getSessionConfig().setTcpNoDelay(true);
        mina.getSessionConfig().setKeepAlive(true);
        mina.getSessionConfig().setMinReadBufferSize(2048);
        mina.setHandler(new LinkHandler() {});
    }

    /**
     * Opens a web-socket; the outcome comes to the listener.
     *
     * @param address {@code wss://host[:port]/path?query}, sent as it is
     * @param headers for the upgrade, for instance a signature
     * @throws IllegalArgumentException the address is no {@code wss} address, or a header cannot be sent
     */
    public void connect(
            URI address,
            List<Map.Entry<String, String>> headers,
            WebSocketSettings settings,
            WebSocketListener listener) {
        if (!"wss".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("Not a wss:// address: " + address);
        }
        String host = address.getHost();
        int port = address.getPort() < 0 ? 443 : address.getPort();
        Optional<InetSocketAddress> via = proxy.proxyFor(host, port);
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        ClientConnection.Target target = new ClientConnection.Target(
                host + ":" + port,
                port == 443 ? host : host + ":" + port,
                address.getRawQuery() == null ? path : path + "?" + address.getRawQuery(),
                List.copyOf(headers),
                via.isPresent(),
                via.flatMap(hop -> proxy.authorization()),
                () -> engine(host, port));
        ClientConnection connection = new ClientConnection(target, settings, listener, System.nanoTime());
        InetSocketAddress hop = via.orElseGet(() -> InetSocketAddress.createUnresolved(host, port));
        long deadline = System.nanoTime() + settings.openDeadline().toNanos();
        try {
            connecting.execute(() -> open(connection, hop, deadline));
        } catch (RejectedExecutionException e) {
            connection.failed("too many connections are being opened, or the connector is closed");
        }
    }

    /** Closes all connections with code 1001, waits up to a second for what they still send, and ends the threads. */
    @Override
    public void close() {
        connecting.shutdown();
        open.forEach(connection -> connection.close(1001, "going away"));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS);
        for (IoSession session : mina.getManagedSessions().values()) {
            session.getCloseFuture()
                    .awaitUninterruptibly(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        mina.dispose(false);
        loop.stop(STOP_MILLIS);
        connecting.shutdownNow();
        handshakes.shutdownNow();
    }

    /** Tries each address of the name until one takes the connection or the time is over. */
    private void open(ClientConnection connection, InetSocketAddress hop, long deadline) {
        String failure = "no address";
        try {
            for (InetAddress address : InetAddress.getAllByName(hop.getHostString())) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                ConnectFuture future = mina.connect(
                        new InetSocketAddress(address, hop.getPort()), (session, f) -> attach(session, connection));
                if (!future.awaitUninterruptibly(left)) {
                    future.cancel();
                    failure = "no answer in time";
                } else if (future.isConnected()) {
                    return;
                } else {
                    failure = reason(future.getException());
                }
            }
        } catch (IOException e) {
            failure = "the name cannot be resolved";
        } catch (RuntimeException e) {
            failure = reason(e);
        }
        connection.failed("cannot connect to " + hop.getHostString() + ":" + hop.getPort() + ": " + failure);
    }

    private static String reason(Throwable failure) {
        if (failure == null) {
            return "cancelled";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private void attach(IoSession session, ClientConnection connection) {
        Link link = new Link(session, loop, handshakes, scratch, connection);
        LinkHandler.attach(session, link);
        connection.over(link);
        open.add(connection);
        session.getCloseFuture().addListener(closed -> open.remove(connection));
    }

    private SSLEngine engine(String host, int port) {
        String name = host.replaceAll("^\\[|]$", "");
        SSLEngine engine = trust.sslContext().createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!name.contains(":") && !name.matches("[0-9.]+")) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private void tick() {
        long now = System.nanoTime();
        open.forEach(connection -> connection.tick(now));
    }

    private static ThreadPoolExecutor pool(String use) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), named(use));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String use) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sallyport-channel-" + use + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
