package org.sallyport.core.audit;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.metrics.Meters;
import org.sallyport.api.store.Records;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.spi.metrics.MeterSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trail as a component. Size and days change live; another directory waits for a restart of the server. */
@Component(
        service = {TrailService.class, AuditTrail.class, MeterSource.class, StatusPart.class},
        configurationPid = TrailService.PID,
        immediate = true)
@Designate(ocd = AuditConfig.class)
public final class TrailService implements AuditTrail, MeterSource, StatusPart {
    static final String PID = "org.sallyport.core.audit";

    private static final Logger LOG = LoggerFactory.getLogger(TrailService.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServerAddress address;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Records records;

    private final String dataProperty;
    private final Bundle framework;
    private final TrailWriter writer;
    private final Keeper keeper;
    private volatile Settings settings;

    @Activate
    public TrailService(BundleContext context, AuditConfig config) {
        dataProperty = context.getProperty(Settings.DATA_PROPERTY);
        framework = context.getBundle(0);
        settings = Settings.from(config, dataProperty);
        Clock clock = Clock.systemUTC();
        writer = new TrailWriter(
                settings.directory(), () -> settings.segmentBytes(), () -> Optional.ofNullable(address), clock);
        keeper = new Keeper(
                writer, () -> Optional.ofNullable(records), () -> settings.keepDays(), settings.headKey(), clock);
        noteLife(framework.getState() == Bundle.STARTING ? "StartServer" : "StartTrail");
        writer.start();
        keeper.start();
    }

    @Modified
    void modified(AuditConfig config) {
        Settings wanted = Settings.from(config, dataProperty);
        if (!wanted.directory().equals(settings.directory())
                || !wanted.headKey().equals(settings.headKey())) {
            LOG.warn("Audit: the directory or the server's name changed; it counts from the next start of the server");
        }
        settings = wanted;
    }

    /** What waits is on the disk when this returns. */
    @Deactivate
    void stop() throws InterruptedException {
        noteLife(framework.getState() == Bundle.STOPPING ? "StopServer" : "StopTrail");
        writer.stop();
        keeper.stop();
    }

    @Override
    public AuditCall open(Subject subject, Origin origin) {
        return writer.recorder().open(subject, origin);
    }

    @Override
    public void append(AuditEvent event) {
        writer.recorder().append(event);
    }

    @Override
    public void decided(AccessRequest request, boolean allowed) {
        writer.recorder().decided(request, allowed);
    }

    /** Runs something each second on a thread that may block; the answer ends that. */
    Runnable eachSecond(Runnable work) {
        return keeper.eachSecond(work);
    }

    Recorder recorder() {
        return writer.recorder();
    }

    /** Where the files are. */
    Segments segments() {
        return writer.segments();
    }

    @Override
    public void read(Meters taken) {
        writer.meters().read(taken, writer.waiting(), writer.head().sequence());
    }

    @Override
    public String part() {
        return "audit";
    }

    @Override
    public Reading read() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("records", writer.head().sequence());
        facts.put("writable", !writer.troubled());
        facts.put("damages", writer.meters().damages.sum());
        return new Reading(
                facts,
                writer.troubled() ? List.of("The audit trail cannot be written, so changes are refused.") : List.of());
    }

    private void noteLife(String name) {
        writer.recorder()
                .note(
                        AuditEvent.ofServer(
                                "server",
                                name,
                                Map.of("process", ProcessHandle.current().pid()),
                                Optional.empty()),
                        List.of());
    }
}
