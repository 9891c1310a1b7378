package org.sallyport.core.recording;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.metrics.Meters;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.spi.metrics.MeterSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals as a component. Reserve and interval change live; another directory waits for a restart of the server. */
@Component(
        service = {Journals.class, StatusPart.class, MeterSource.class},
        configurationPid = RecordingService.PID,
        immediate = true)
@Designate(ocd = RecordingConfig.class)
public final class RecordingService implements Journals, StatusPart, MeterSource {
    static final String PID = "org.sallyport.core.recording";

    private static final Logger LOG = LoggerFactory.getLogger(RecordingService.class);

    /** Far below the 1,024 files that a process may have open by default on most systems. */
    private static final int OPEN_FILES = 256;

    private static final long CHECKPOINT_EACH = 4L * 1024 * 1024;

    private final String dataProperty;
    private final AppendMeters meters = new AppendMeters();
    private final JournalStore journals;
    private final ForceThread force;
    private volatile Settings settings;

    @Activate
    public RecordingService(BundleContext context, RecordingConfig config) {
        dataProperty = context.getProperty(Settings.DATA_PROPERTY);
        settings = Settings.from(config, dataProperty);
        journals = new JournalStore(
                settings.directory(),
                () -> settings.reserveMib(),
                OPEN_FILES,
                CHECKPOINT_EACH,
                Boot.id(),
                Clock.systemUTC());
        // Here and not on a thread: it would take the file away from under a session that starts in the first moment.
        journals.clean();
        force = new ForceThread(journals, () -> settings.forceInterval());
        force.start();
        LOG.info("Journals in {}", settings.directory());
    }

    @Modified
    void modified(RecordingConfig config) {
        Settings wanted = Settings.from(config, dataProperty);
        if (!wanted.directory().equals(settings.directory())) {
            LOG.warn("Recording: the directory changed; it counts from the next start of the server");
        }
        settings = wanted;
    }

    /** Closes all journals; what is written is on the disk when this returns. */
    @Deactivate
    void stop() throws InterruptedException {
        force.stop();
        journals.stop();
    }

    @Override
    public void begin(Head head) {
        journals.begin(head);
    }

    @Override
    public SessionJournal open(String sessionId) {
        return new MeasuredJournal(journals.open(sessionId), meters);
    }

    @Override
    public Optional<Seal> seal(String sessionId, String cause, Instant endedAt) {
        return journals.seal(sessionId, cause, endedAt);
    }

    @Override
    public void read(Meters taken) {
        meters.read(taken);
    }

    @Override
    public String part() {
        return "recording";
    }

    @Override
    public Reading read() {
        return FreeSpace.read(settings);
    }
}
