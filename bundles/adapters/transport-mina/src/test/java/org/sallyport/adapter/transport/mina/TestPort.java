package org.sallyport.adapter.transport.mina;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** A listener on a loopback port whose endpoint echoes, and the clients to it. */
final class TestPort implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final TransportSettings SETTINGS =
            new TransportSettings("127.0.0.1", 0, LONG, LONG, LONG, LONG, LONG.multipliedBy(2), 1000, 1000, 4);

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
        SSLSocket socket =
                (SSLSocket) trust.sslContext().getSocketFactory().createSocket(plain(port), "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static Socket plain(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Override
    public void close() {
        connector.close();
    }
}
