package org.sallyport.core.edge;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The API port's listener: TLS with a certificate that can be changed while it listens, HTTP/1.1, and the {@link ApiGuard}. */
final class ApiConnector implements ConnectorFactory {
    static final String NAME = "sallyport-api";

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int BACKLOG = 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final int port;
    private final ApiGuard guard;
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private volatile ServerConnector current;

    ApiConnector(int port, SSLContext certificate, ApiGuard guard) {
        this.port = port;
        this.guard = guard;
        tls.setSslContext(certificate);
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setRenegotiationAllowed(false);
    }

    @Override
    public Connector createConnector(Server server) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        http.addCustomizer(new SecureRequestCustomizer());
        http.addCustomizer(guard);
        ServerConnector connector = new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(http));
        connector.setName(NAME);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addBean(guard);
        guard.servedBy(server.getThreadPool());
        current = connector;
        return connector;
    }

    /** New connections get this certificate; those that are open keep theirs and stay. */
    void renew(SSLContext certificate) {
        try {
            tls.reload(factory -> factory.setSslContext(certificate));
        } catch (Exception e) {
            throw new IllegalStateException("The API port cannot take the new certificate", e);
        }
    }

    int port() {
        return port;
    }

    /** The port that it listens on, for {@code 0} any free one; negative while it does not. */
    int localPort() {
        ServerConnector connector = current;
        return connector == null ? -1 : connector.getLocalPort();
    }
}
