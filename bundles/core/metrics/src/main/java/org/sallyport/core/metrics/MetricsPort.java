package org.sallyport.core.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.spi.metrics.MeterSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the port for Prometheus. A server whose port is taken runs without it and says so in the log. */
@Component(
        service = {},
        immediate = true,
        configurationPid = MetricsPort.PID)
@Designate(ocd = MetricsConfig.class)
public final class MetricsPort {
    static final String PID = "org.sallyport.core.metrics";
    static final String PROPERTY = "sallyport.metrics.port";

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPort.class);
    private static final int DEFAULT_PORT = 9464;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<MeterSource> sources = List.of();

    private final Exposition exposition = new Exposition(() -> sources);
    private InetSocketAddress wanted;
    private ScrapeServer server;

    @Activate
    public MetricsPort(BundleContext context, MetricsConfig config) {
        listen(address(config, context.getProperty(PROPERTY)));
    }

    @Modified
    void modified(BundleContext context, MetricsConfig config) {
        listen(address(config, context.getProperty(PROPERTY)));
    }

    @Deactivate
    synchronized void deactivate() {
        stop();
        exposition.close();
    }

    private synchronized void listen(InetSocketAddress address) {
        if (address.equals(wanted)) {
            return;
        }
        stop();
        wanted = address;
        if (address.getPort() == 0) {
            return;
        }
        ScrapeServer starting = new ScrapeServer(exposition::text);
        try {
            starting.start(address);
            server = starting;
            LOG.info("Measurements at http://{}:{}/metrics", address.getHostString(), address.getPort());
        } catch (IOException e) {
            starting.close();
            LOG.warn(
                    "No measurements: {}:{} cannot be listened on ({}); choose another in etc/{}.cfg",
                    address.getHostString(),
                    address.getPort(),
                    e.getMessage(),
                    PID);
        }
    }

    private void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    static InetSocketAddress address(MetricsConfig config, String property) {
        int port = config.port();
        if (port == -1) {
            port = property == null || property.isBlank() ? DEFAULT_PORT : number(property.trim());
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "Configuration %s: port is %d; allowed: 0 to 65535, or -1".formatted(PID, port));
        }
        return new InetSocketAddress(config.host(), port);
    }

    private static int number(String property) {
        try {
            return Integer.parseInt(property);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Property %s is '%s'; allowed: 0 to 65535".formatted(PROPERTY, property), e);
        }
    }
}
