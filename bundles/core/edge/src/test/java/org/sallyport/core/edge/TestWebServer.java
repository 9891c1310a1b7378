package org.sallyport.core.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.sallyport.core.edge.tls.ServerCertificate;

/** A real Jetty with a front that reads the body and knows no operation; takes listeners as Felix's does. */
final class TestWebServer implements ApiPort.Doors, AutoCloseable {
    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";

    private static final int THREADS = 64;

    volatile boolean frontAnswers = true;
    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final List<Integer> opened = new CopyOnWriteArrayList<>();

    TestWebServer() {
        server.setHandler(new Front());
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Front extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (!frontAnswers) {
                return false;
            }
            Content.Source.asString(request, StandardCharsets.UTF_8);
            response.setStatus(400);
            Content.Sink.write(response, true, "UnknownOperationException", callback);
            return true;
        }
    }

    /** Ports that were opened so far. */
    List<Integer> opened() {
        return opened;
    }

    /** Gives each thread something to do until then, and one that comes free the next such thing. */
    void holdAllThreads(CountDownLatch until) {
        for (int i = 0; i < 2 * THREADS; i++) {
            server.getThreadPool().execute(() -> {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    int connectors() {
        return server.getConnectors().length;
    }

    @Override
    public Runnable open(ConnectorFactory factory) {
        Connector connector = factory.createConnector(server);
        server.addConnector(connector);
        try {
            connector.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (connector instanceof ServerConnector listener) {
            opened.add(listener.getLocalPort());
        }
        return () -> {
            try {
                connector.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            server.removeConnector(connector);
        };
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Socket plain(int port, String from) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(30_000);
        return socket;
    }

    static SSLSocket tls(int port, ServerCertificate pinned) throws IOException {
        return tls(plain(port, "127.0.0.1"), pinned);
    }

    /** Believes that authority alone. */
    static SSLSocket tls(Socket over, ServerCertificate pinned) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting(pinned).getSocketFactory().createSocket(over, "localhost", over.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** One request and the head of its answer. */
    static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) octet);
        }
        in.readNBytes("UnknownOperationException".length());
        return head.toString();
    }

    private static SSLContext trusting(ServerCertificate certificate) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificate.authority());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (java.security.GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
