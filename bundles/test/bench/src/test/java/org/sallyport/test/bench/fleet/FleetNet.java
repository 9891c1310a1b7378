package org.sallyport.test.bench.fleet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.mina.core.future.ConnectFuture;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketConnector;
import org.sallyport.channel.link.EventLoop;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.LinkHandler;
import org.sallyport.channel.link.LinkOwner;
import org.sallyport.channel.link.Scratch;

/** The sockets of all nodes on one network thread; handshakes and what nodes compute on two others, see {@link Turns}. */
final class FleetNet implements AutoCloseable {
    private static final long STOP_MILLIS = 2_000;

    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final EventLoop loop = EventLoop.named("fleet-net", this::tick);
    private final Scratch scratch = new Scratch();
    private final Turns turns = new Turns(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService connecting = Executors.newCachedThreadPool();
    private final NioSocketConnector mina = new NioSocketConnector(connecting, loop);

    FleetNet() {
        mina.getSessionConfig().setTcpNoDelay(true);
        mina.getSessionConfig().setMinReadBufferSize(512);
        mina.getSessionConfig().setReadBufferSize(2048);
        mina.setConnectTimeoutMillis(TimeUnit.SECONDS.toMillis(30));
        mina.setHandler(new LinkHandler() {});
    }

    /**
     * A connection from an address of this machine; its events come to the owner, that it cannot be made to {@code closed}.
     *
     * @param computes for its TLS
     */
    void dial(InetSocketAddress to, InetAddress from, Executor computes, Dialled dialled) {
        ConnectFuture future = mina.connect(to, new InetSocketAddress(from, 0), (session, connect) -> {
            Link link = new Link(session, loop, computes, scratch, dialled);
            LinkHandler.attach(session, link);
            dialled.over(link);
            links.add(link);
            session.getCloseFuture().addListener(closed -> links.remove(link));
        });
        future.addListener(done -> {
            if (!future.isConnected()) {
                Throwable why = future.getException();
                dialled.closed("cannot connect: " + (why == null ? "cancelled" : why.getMessage()));
            }
        });
    }

    /** Who owns a connection that is being made. */
    interface Dialled extends LinkOwner {
        void over(Link link);
    }

    static SSLEngine engine(SSLContext context, String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(host)));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Off the network thread: signatures and TLS of a node. */
    Executor processor(long rank) {
        return turns.of(rank);
    }

    void later(long millis, Runnable task) {
        timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        links.forEach(link -> link.tick(now));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        turns.close();
        mina.getManagedSessions().values().forEach(IoSession::closeNow);
        mina.dispose(false);
        loop.stop(STOP_MILLIS);
        connecting.shutdownNow();
    }
}
