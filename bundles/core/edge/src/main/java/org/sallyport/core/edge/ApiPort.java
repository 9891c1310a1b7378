package org.sallyport.core.edge;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.felix.http.jetty.ConnectorFactory;
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
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.sallyport.spi.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the API port when the server is ready, has a certificate and a front answers. The web server itself runs earlier, without any
 * listener, so that the front is mounted by then; until then the framework's properties keep it closed.
 *
 * <p>After a crash nodes and clients with sessions come back first, so the port waits for a transport to listen, for at most five
 * seconds, and as long for a front: after that it opens and {@link Unserved} speaks. Once open, it stays open while either is swapped; a
 * renewed certificate is taken by new connections and closes none.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = EdgeConfig.PID)
public final class ApiPort {
    private static final Logger LOG = LoggerFactory.getLogger(ApiPort.class);
    private static final long LONGEST_WAIT_FOR_TRANSPORT_MILLIS = 5_000;

    private static final long LOOK_MILLIS = 1_000;
    private static final long ASK_MILLIS = 50;
    private static final long LONGEST_CLOSE_MILLIS = 2_000;

    /** Makes a way in known to the web server. */
    interface Doors {
        /** @return closes it again */
        Runnable open(ConnectorFactory factory);
    }

    private final ConfigurationAdmin configurations;
    private final Doors doors;
    private final long longestWaitMillis;
    private final InnerConnector inner = new InnerConnector();
    private final ApiGuard guard = new ApiGuard(ApiGuard.Limits.DEFAULT);
    /** Does all the work, so that no two changes meet. */
    private final ScheduledExecutorService lane = Threads.scheduler("port");

    private volatile EdgeSettings settings;
    private volatile Optional<InstalledTls> tls = Optional.empty();
    private volatile boolean ready;
    private volatile boolean transportSeen;
    private volatile boolean waitedEnough;

    private volatile boolean webServerThere;
    private Runnable closeInner;
    private Optional<ApiConnector> outer = Optional.empty();
    private Runnable closeOuter;
    private SSLContext served;

    @Activate
    public ApiPort(@Reference ConfigurationAdmin configurations, BundleContext context, EdgeConfig config) {
        this(
                configurations,
                factory -> context.registerService(ConnectorFactory.class, factory, null)::unregister,
                EdgeSettings.from(config, context::getProperty),
                LONGEST_WAIT_FOR_TRANSPORT_MILLIS);
    }

    ApiPort(ConfigurationAdmin configurations, Doors doors, EdgeSettings settings, long longestWaitMillis) {
        this.configurations = configurations;
        this.doors = doors;
        this.settings = settings;
        this.longestWaitMillis = longestWaitMillis;
        post(this::startWebServer);
        lane.scheduleWithFixedDelay(guard::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Modified
    void modified(BundleContext context, EdgeConfig config) {
        settings = EdgeSettings.from(config, context::getProperty);
        post(this::apply);
    }

    @Deactivate
    void deactivate() {
        Threads.end(lane);
        closeAll();
        try {
            forgetWebServer();
        } catch (IOException | IllegalStateException e) {
            LOG.error("The web server's configuration cannot be removed", e);
        }
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

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.OPTIONAL)
    void bindWebServer(HttpServiceRuntime runtime) {
        webServerThere = true;
        post(this::apply);
    }

    /** Before the web server starts anew: it cannot do so with a listener in memory, and shall not with one that anybody reaches. */
    void unbindWebServer(HttpServiceRuntime runtime) {
        webServerThere = false;
        try {
            lane.submit(this::closeAll).get(LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The API port is being closed", e);
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("The API port could not be closed with the web server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    /** The front is mounted by the framework's own threads, which tell nobody. */
    private void askAgain() {
        try {
            lane.schedule(this::apply, ASK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The API port is being closed", e);
        }
    }

    private void startWebServer() {
        try {
            // A configuration of the run before may have outlived a crash; it is changed, or the same.
            Configuration webServer = configurations.getConfiguration(WebServer.PID, "?");
            webServer.updateIfDifferent(WebServer.withoutListener());
        } catch (IOException | IllegalStateException e) {
            LOG.error("The web server's configuration cannot be written", e);
        }
    }

    private void apply() {
        EdgeSettings wanted = settings;
        Optional<SSLContext> certificate = tls.map(InstalledTls::serverContext);
        if (!webServerThere) {
            return;
        }
        if (closeInner == null) {
            closeInner = doors.open(inner);
        }
        outer.filter(open -> open.port() != wanted.apiPort()).ifPresent(moved -> close());
        if (outer.isPresent()) {
            certificate.filter(next -> !next.equals(served)).ifPresent(this::renew);
        } else if (ready && certificate.isPresent() && (transportSeen || waitedEnough)) {
            if (waitedEnough || inner.frontAnswers()) {
                open(wanted, certificate.get());
            } else {
                askAgain();
            }
        }
    }

    private void open(EdgeSettings wanted, SSLContext certificate) {
        ApiConnector connector = new ApiConnector(wanted.apiPort(), certificate, guard);
        closeOuter = doors.open(connector);
        outer = Optional.of(connector);
        served = certificate;
        LOG.info("API port {} opens, outside {}", wanted.apiPort(), wanted.api());
    }

    private void renew(SSLContext certificate) {
        outer.orElseThrow().renew(certificate);
        served = certificate;
        LOG.info("The API port has a new certificate");
    }

    private void close() {
        if (outer.isPresent()) {
            closeOuter.run();
            guard.servedBy(null);
            outer = Optional.empty();
        }
    }

    private void closeAll() {
        close();
        if (closeInner != null) {
            closeInner.run();
            closeInner = null;
        }
    }

    private void forgetWebServer() throws IOException {
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
