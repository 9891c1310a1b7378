package org.sallyport.adapter.transport.mina;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.channel.testing.TestCa;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketSettings;
import org.sallyport.protocol.websocket.Upgrade;

/** A listener on a loopback port whose endpoint echoes, and the clients to it. */
final class TestPort implements AutoCloseable {
    static final TransportSettings SETTINGS = new TestSettings().get();

    final TestCa ca = new TestCa("Test authority");
    final SSLContext context = ca.serverContext("localhost");
    final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    final CaTrust trust = CaTrust.ofPem(List.of(ca.pem()));
    final WebSocketConnector connector = new WebSocketConnector(trust, ProxySettings.direct());
    final ChannelEndpoint endpoint = new Echo();
    final TlsIdentity identity = new Identity(context);

    /** Certificates without a keeper. */
    record Identity(SSLContext serverContext) implements TlsIdentity {
        @Override
        public String caFingerprint() {
            return "";
        }

        @Override
        public String caPem() {
            return "";
        }
    }

    private final class Echo implements ChannelEndpoint {
        @Override
        public Answer request(WireRequest request) {
            if (request.rawPath().equals("/fails")) {
                throw new IllegalStateException("an endpoint's defect");
            }
            String body = new String(request.body(), StandardCharsets.UTF_8);
            return new Answer(
                    201,
                    "text/xml",
                    "<a><TokenValue>" + request.method() + request.rawPath() + body.length() + "</TokenValue></a>");
        }

        @Override
        public Upgrade upgrade(WireRequest request) {
            if (request.rawPath().equals("/refused")) {
                return Upgrade.refuse(new Answer(403, "text/plain", "not you"));
            }
            Peer peer = new Peer(request.rawPath().equals("/echo"));
            peers.add(peer);
            return Upgrade.accept(peer);
        }
    }

    static URI uri(int port, String path) {
        return URI.create("wss://localhost:" + port + path);
    }

    Recorder connect(int port, String path) {
        Recorder recorder = new Recorder();
        connector.connect(uri(port, path), List.of(), WebSocketSettings.DEFAULT, recorder);
        return recorder;
    }

    SSLSocket tls(int port) throws IOException {
        return tls(plain(port));
    }

    SSLSocket tls(Socket over) throws IOException {
        SSLSocket socket =
                (SSLSocket) trust.sslContext().getSocketFactory().createSocket(over, "localhost", over.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static Socket plain(int port) throws IOException {
        return plain(port, "127.0.0.1");
    }

    /** @param from one of this machine's many loopback addresses */
    static Socket plain(int port, String from) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** A socket of the test's own on which a web-socket is open. */
    SSLSocket upgraded(Socket over, String path) throws IOException {
        SSLSocket socket = tls(over);
        socket.getOutputStream().write(Upgrade.clientRequest("localhost", path, Upgrade.newKey(), List.of()));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) octet);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded: " + head);
        }
        return socket;
    }

    @Override
    public void close() {
        connector.close();
    }
}
