package org.sallyport.core.status;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.core.status.client.StatusSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status socket in the data folder, while this bundle runs. A server without it runs all the same, and says so in the log. */
@Component(
        service = {},
        immediate = true)
public final class StatusSocket {
    private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);

    private final SocketServer server;

    @Activate
    public StatusSocket(BundleContext context, @Reference StatusCenter center) {
        Path socket = StatusSockets.in(Path.of(context.getProperty("sallyport.data")));
        server = new SocketServer(socket, center::status);
        try {
            server.start();
        } catch (java.io.IOException e) {
            LOG.error(
                    "No status socket at {}, so that 'sallyport-server status' finds no server: {}",
                    socket,
                    e.getMessage(),
                    e);
        }
    }

    @Deactivate
    void deactivate() {
        server.close();
    }
}
