package org.sallyport.core.edge;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.sallyport.spi.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the API port by giving the web server its configuration, when the server is ready and has a certificate. Until then the
 * framework's properties keep the web server without any listener.
 *
 * <p>After a crash nodes and clients with sessions come back first, so the port waits for a transport to listen, for at most five
 * seconds. Once open, it stays open while a transport is swapped; a renewed certificate re-binds it.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = EdgeConfig.PID)
public final class ApiPort {
    private static final Logger LOG = LoggerFactory.getLogger(ApiPort.class);
    private static final long LONGEST_WAIT_FOR_TRANSPORT_MILLIS = 5_000;

    private final ConfigurationAdmin configurations;
    private final long longestWaitMillis;
    /** Does all the work, so that no two changes meet. */
    private final ScheduledExecutorService lane = Threads.scheduler("port");

    private volatile EdgeSettings settings;
    private volatile Optional<InstalledTls> tls = Optional.empty();
    private volatile boolean ready;
    private volatile boolean transportSeen;
    private volatile boolean waitedEnough;

    @Activate
    public ApiPort(@Reference ConfigurationAdmin configurations, BundleContext context, EdgeConfig config) {
        this(configurations, EdgeSettings.from(config, context::getProperty), LONGEST_WAIT_FOR_TRANSPORT_MILLIS);
    }

    ApiPort(ConfigurationAdmin configurations, EdgeSettings settings, long longestWaitMillis) {
        this.configurations = configurations;
        this.settings = settings;
        this.longestWaitMillis = longestWaitMillis;
        // a configuration of the run before may have outlived a crash
        post(this::apply);
    }

    @Modified
    void modified(BundleContext context, EdgeConfig config) {
        settings = EdgeSettings.from(config, context::getProperty);
        post(this::apply);
    }

    @Deactivate
    void deactivate() {
        Threads.end(lane);
        ready = false;
        apply();
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.OPTIONAL)
    void bindTls(InstalledTls installed) {
        tls = Optional.of(installed);
        post(this::apply);
    }

    void unbindTls(InstalledTls installed) {
        if (tls.filter(installed::equals).isPresent()) {
            tls = Optional.empty();
            post(this::apply);
        }
    }

    @Reference(
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.OPTIONAL,
            target = "(" + Condition.CONDITION_ID + "=" + Readiness.READY + ")")
    void bindReady(Condition condition) {
        ready = true;
        post(this::apply);
        lane.schedule(this::stopWaiting, longestWaitMillis, TimeUnit.MILLISECONDS);
    }

    void unbindReady(Condition condition) {
        ready = false;
        post(this::apply);
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    void bindTransport(Transport transport) {
        transportSeen = true;
        post(this::apply);
    }

    void unbindTransport(Transport transport) {
        LOG.debug("Transport {} is gone; the API port stays open", transport.description());
    }

    private void stopWaiting() {
        waitedEnough = true;
        apply();
    }

    private void post(Runnable work) {
        try {
            lane.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("The API port is being closed; a change came too late", e);
        }
    }

    private void apply() {
        Optional<InstalledTls> certificate = tls;
        boolean open = ready && certificate.isPresent() && (transportSeen || waitedEnough);
        try {
            if (open) {
                Configuration webServer = configurations.getConfiguration(WebServer.PID, "?");
                if (webServer.updateIfDifferent(WebServer.listening(
                        settings.apiPort(), certificate.get().keystore()))) {
                    LOG.info("API port {} opens, outside {}", settings.apiPort(), settings.api());
                }
            } else {
                close();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.error("The API port's configuration cannot be written", e);
        }
    }

    private void close() throws IOException {
        try {
            Configuration[] left = configurations.listConfigurations("(service.pid=" + WebServer.PID + ")");
            if (left != null) {
                for (Configuration configuration : left) {
                    configuration.delete();
                }
            }
        } catch (org.osgi.framework.InvalidSyntaxException e) {
            throw new IllegalStateException("The filter is a constant", e);
        }
    }
}
