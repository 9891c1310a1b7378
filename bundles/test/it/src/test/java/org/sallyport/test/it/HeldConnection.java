package org.sallyport.test.it;

import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.sallyport.api.edge.TlsIdentity;

/** One connection to the channel port that is asked again and again: it lives on while adapters other than the transport are swapped. */
final class HeldConnection implements AutoCloseable {
    private static final String REQUEST = "POST /v1/data-channel/nobody-0123456789abcdef0 HTTP/1.1\r\n"
            + "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    private final SSLSocket socket;

    private HeldConnection(SSLSocket socket) {
        this.socket = socket;
    }

    static HeldConnection open(TlsIdentity tls, int port) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(tls.caPem().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        HeldConnection held = new HeldConnection(socket);
        held.stillServes();
        return held;
    }

    /** Asks on the same socket and reads the whole refusal of an unsigned request. */
    void stillServes() throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection was closed after: " + head);
            }
            head.append((char) next);
        }
        assertTrue(head.toString(), head.toString().startsWith("HTTP/1.1 4"));
        String length = head.toString().toLowerCase().replaceAll("(?s).*content-length: *(\\d+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
