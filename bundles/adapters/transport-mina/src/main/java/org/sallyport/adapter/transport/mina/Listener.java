package org.sallyport.adapter.transport.mina;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.channel.link.EventLoop;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.LinkHandler;
import org.sallyport.channel.link.Scratch;
import org.sallyport.spi.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket and everything that its connections share: one network thread, two threads for TLS handshakes (queue of 1024,
 * full: that connection is closed), workers for the endpoint (queue of 64 for each at the start, 256 at least; full: 503).
 */
final class Listener implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int LEAST_WORK_QUEUE = 256;
    private static final int QUEUE_OF_A_WORKER = 64;
    private static final int TLS_QUEUE = 1024;
    private static final int BACKLOG = 1024;
    private static final long GOODBYE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
    private static final long STOP_MILLIS = 800;
    private static final AtomicLong IDS = new AtomicLong();

    private final Supplier<TlsIdentity> identity;
    private final Set<ServerConnection> open = ConcurrentHashMap.newKeySet();
    private final Admission admission = new Admission();
    private final RefusalLog refusals = new RefusalLog();
    private final EventLoop loop = EventLoop.named("sallyport-transport-net-1", this::tick);
    private final Scratch scratch = new Scratch();
    private final ThreadPoolExecutor workers;
    private final EndpointCalls calls;
    private final ThreadPoolExecutor handshakes = pool("tls", 2, new ArrayBlockingQueue<>(TLS_QUEUE));
    private final ThreadPoolExecutor accepting = pool("accept", 4, new SynchronousQueue<>());
    private final NioSocketAcceptor acceptor;
    private volatile TransportSettings settings;
    private volatile boolean stopping;

    Listener(TransportSettings settings, Supplier<TlsIdentity> identity, Supplier<ChannelEndpoint> endpoint) {
        this.settings = settings;
        this.identity = identity;
        this.workers = pool(
                "work",
                settings.workers(),
                new ArrayBlockingQueue<>(Math.max(LEAST_WORK_QUEUE, QUEUE_OF_A_WORKER * settings.workers())));
        this.calls = new EndpointCalls(endpoint, workers, loop);
        this.acceptor = new NioSocketAcceptor(accepting, loop);
        acceptor.setReuseAddress(true);
        acceptor.setBacklog(BACKLOG);
        acceptor.setCloseOnDeactivation(false);
        acceptor.getSessionConfig().setTcpNoDelay(true);
        acceptor.getSessionConfig().setKeepAlive(true);
        acceptor.getSessionConfig().setMinReadBufferSize(2048);
        acceptor.setHandler(new Handler());
    }

    void start() {
        try {
            acceptor.bind(address(settings));
        } catch (IOException e) {
            stop();
            throw cannotListen(settings, e);
        }
        LOG.info("Channel port listens on {}:{}", settings.host(), localPort());
    }

    /** Takes over new settings; another host or port moves the listening socket and leaves connections alone. */
    synchronized void apply(TransportSettings changed) {
        TransportSettings old = settings;
        settings = changed;
        resizeWorkers(changed.workers());
        if (old.host().equals(changed.host()) && old.port() == changed.port()) {
            return;
        }
        acceptor.unbind();
        try {
            acceptor.bind(address(changed));
        } catch (IOException e) {
            bindAgain(old);
            throw cannotListen(changed, e);
        }
        LOG.info("Channel port listens on {}:{} now", changed.host(), localPort());
    }

    /** Stops listening and closes all connections with code 1001; within two seconds. */
    void stop() {
        stopping = true;
        acceptor.unbind();
        open.forEach(connection -> connection.shutDown());
        long end = System.nanoTime() + GOODBYE_NANOS;
        for (IoSession session : acceptor.getManagedSessions().values()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left > 0) {
                session.getCloseFuture().awaitUninterruptibly(left);
            }
        }
        loop.stop(STOP_MILLIS);
        acceptor.dispose(false);
        workers.shutdownNow();
        handshakes.shutdownNow();
        accepting.shutdown();
    }

    @Override
    public String description() {
        return "Web-sockets on Apache MINA";
    }

    @Override
    public int localPort() {
        InetSocketAddress bound = acceptor.getLocalAddress();
        return bound == null ? 0 : bound.getPort();
    }

    @Override
    public int connections() {
        return open.size();
    }

    TransportSettings settings() {
        return settings;
    }

    TlsIdentity identity() {
        return identity.get();
    }

    EndpointCalls calls() {
        return calls;
    }

    EventLoop loop() {
        return loop;
    }

    /** Who counts connections; for the network thread. */
    Admission admission() {
        return admission;
    }

    /** On the network thread. */
    void closed(ServerConnection connection) {
        open.remove(connection);
        admission.leave(connection);
    }

    /** Counts a connection for the address it comes from, on the network thread; false when a limit is reached, which the log then tells. */
    boolean enter(ServerConnection connection, InetAddress address) {
        String source = Admission.source(address);
        Optional<String> limit = admission.enter(connection, source, settings.caps());
        limit.ifPresent(reached -> refusals.refused(source, reached, System.nanoTime()));
        return limit.isEmpty();
    }

    private void accepted(IoSession session) {
        InetAddress peer = ((InetSocketAddress) session.getRemoteAddress()).getAddress();
        boolean proxied = settings.proxies().contains(peer);
        ServerConnection connection = new ServerConnection(this, "c-" + IDS.incrementAndGet(), peer, proxied);
        // Those behind a proxy count for the address in its header, once that is there.
        boolean room = proxied ? open.size() < settings.caps().total() : enter(connection, peer);
        if (stopping || !room) {
            admission.leave(connection);
            session.closeNow();
            return;
        }
        open.add(connection);
        Link link = new Link(session, loop, handshakes, scratch, connection);
        connection.over(link);
        LinkHandler.attach(session, link);
    }

    private void tick() {
        long now = System.nanoTime();
        open.forEach(connection -> connection.tick(now));
    }

    private void resizeWorkers(int count) {
        if (count > workers.getMaximumPoolSize()) {
            workers.setMaximumPoolSize(count);
            workers.setCorePoolSize(count);
        } else {
            workers.setCorePoolSize(count);
            workers.setMaximumPoolSize(count);
        }
    }

    private void bindAgain(TransportSettings old) {
        settings = old;
        try {
            acceptor.bind(address(old));
        } catch (IOException e) {
            LOG.error("The channel port could not go back to {}:{} either", old.host(), old.port(), e);
        }
    }

    private static InetSocketAddress address(TransportSettings settings) {
        return new InetSocketAddress(settings.host(), settings.port());
    }

    private static SallyportException cannotListen(TransportSettings settings, IOException e) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT,
                "The channel port cannot listen on %s:%d (%s); choose another host or port in %s"
                        .formatted(settings.host(), settings.port(), e.getMessage(), MinaTransport.PID),
                e);
    }

    private static ThreadPoolExecutor pool(String use, int threads, BlockingQueue<Runnable> queue) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, queue, task -> {
            Thread thread = new Thread(task, "sallyport-transport-" + use + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private final class Handler extends LinkHandler {
        @Override
        public void sessionCreated(IoSession session) {
            accepted(session);
        }
    }
}
