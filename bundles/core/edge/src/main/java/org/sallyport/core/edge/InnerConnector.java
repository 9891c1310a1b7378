package org.sallyport.core.edge;

import java.util.concurrent.TimeUnit;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server's way in that has no socket: it keeps the server up while the API port is closed and lets this bundle ask whether the
 * front answers. The web server starts only with a listener of its own, on loopback; that is ended here, as soon as it has started.
 */
final class InnerConnector implements ConnectorFactory {
    private static final Logger LOG = LoggerFactory.getLogger(InnerConnector.class);
    private static final long ANSWER_MILLIS = 2_000;
    private static final String QUESTION =
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSSM.IsAnybodyThere\r\n"
                    + "Content-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    private volatile LocalConnector current;

    @Override
    public Connector createConnector(Server server) {
        for (Connector own : server.getConnectors()) {
            if (!ApiConnector.NAME.equals(own.getName())) {
                end(server, own);
            }
        }
        LocalConnector made = new LocalConnector(server);
        current = made;
        return made;
    }

    /** Whether the front itself says that it has no such operation; blocks for at most two seconds. */
    boolean frontAnswers() {
        LocalConnector asked = current;
        if (asked == null || !asked.isRunning()) {
            return false;
        }
        try {
            String answer = asked.getResponse(QUESTION, ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            return answer != null && answer.contains("UnknownOperationException");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            LOG.debug("The front does not answer yet", e);
            return false;
        }
    }

    private static void end(Server server, Connector connector) {
        try {
            connector.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The web server's own listener cannot be ended", e);
        } finally {
            server.removeConnector(connector);
        }
    }
}
