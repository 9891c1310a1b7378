package org.sallyport.core.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.sallyport.kernel.status.StatusPart;

/** Whether the API port takes connections: asked of the operating system, by a connection, and not of our own belief. */
@Component(service = StatusPart.class, configurationPid = EdgeConfig.PID)
public final class ApiPortStatus implements StatusPart {
    private static final int CONNECT_MILLIS = 500;

    private volatile EdgeSettings settings;

    @Activate
    public ApiPortStatus(BundleContext context, EdgeConfig config) {
        this(EdgeSettings.from(config, context::getProperty));
    }

    ApiPortStatus(EdgeSettings settings) {
        this.settings = settings;
    }

    @Modified
    void modified(BundleContext context, EdgeConfig config) {
        settings = EdgeSettings.from(config, context::getProperty);
    }

    @Override
    public String part() {
        return "api";
    }

    @Override
    public Reading read() {
        EdgeSettings now = settings;
        boolean open = takesConnections(now.apiPort());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", now.apiPort());
        facts.put("listening", open);
        facts.put("outside", now.api().toString());
        return new Reading(facts, open ? List.of() : List.of("the API port " + now.apiPort() + " is closed"));
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
