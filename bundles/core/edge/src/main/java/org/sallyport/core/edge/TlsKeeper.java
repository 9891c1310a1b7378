package org.sallyport.core.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.edge.tls.CertificateSource;
import org.sallyport.core.edge.tls.OperatorCertificate;
import org.sallyport.core.edge.tls.OwnAuthority;
import org.sallyport.core.edge.tls.ServerCertificate;
import org.sallyport.core.edge.tls.TlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server's certificate good and registers it as {@link TlsIdentity}: at start, and every five seconds, so that an own
 * certificate is renewed and an operator's replaced files are taken while the server runs. The new one is registered before the old
 * one goes. A certificate that cannot be used at start keeps all listeners closed; later, the one in use stays and the log says why.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=org.sallyport.api.edge.TlsIdentity",
        uses = TlsIdentity.class)
@Component(
        service = {},
        immediate = true,
        configurationPid = EdgeConfig.PID)
public final class TlsKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeeper.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final BundleContext context;
    private final TlsFiles files;
    private final CertificateSource source;
    private final ScheduledExecutorService clockwork = Threads.scheduler("tls");

    private ServerCertificate current;
    /** Why the last look failed; what is said already is not said again. */
    private String complaint = "";

    private ServiceRegistration<?> registration;

    @Activate
    public TlsKeeper(BundleContext context, EdgeConfig config) {
        this.context = context;
        EdgeSettings settings = EdgeSettings.from(config, context::getProperty);
        files = new TlsFiles(folder(context.getProperty("sallyport.data")));
        source = settings.operatorTls()
                .<CertificateSource>map(own -> new OperatorCertificate(files, own.chain(), own.key(), own.authority()))
                .orElseGet(() -> new OwnAuthority(files, settings.names(), Duration.ofDays(settings.tlsDays())));
        refresh();
        clockwork.scheduleWithFixedDelay(
                this::refreshOrKeep, BETWEEN_LOOKS.toSeconds(), BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        Threads.end(clockwork);
        withdraw(registration);
    }

    private void refreshOrKeep() {
        try {
            refresh();
            complaint = "";
        } catch (RuntimeException e) {
            if (!complaint.equals(String.valueOf(e.getMessage()))) {
                complaint = String.valueOf(e.getMessage());
                LOG.error("The server's certificate cannot be renewed; {} stays in use", current, e);
            }
        }
    }

    /** Called by the constructor, then by the one thread of the clockwork only. */
    private void refresh() {
        ServerCertificate next = source.current();
        if (current != null && current.chain().equals(next.chain())) {
            return;
        }
        ServiceRegistration<?> old = registration;
        String[] names = {TlsIdentity.class.getName(), InstalledTls.class.getName()};
        registration = context.registerService(names, InstalledTls.of(next), null);
        current = next;
        withdraw(old);
    }

    private static void withdraw(ServiceRegistration<?> registration) {
        if (registration != null) {
            registration.unregister();
        }
    }

    private static Path folder(String data) {
        if (data == null || data.isBlank()) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "Property sallyport.data is not set; it names the folder that the server keeps its data in");
        }
        return Path.of(data).resolve("tls");
    }
}
