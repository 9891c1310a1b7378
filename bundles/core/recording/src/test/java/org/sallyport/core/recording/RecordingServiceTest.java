package org.sallyport.core.recording;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.recording.Errors.failure;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;

/** The component with its thread, started and stopped as SCR does. */
class RecordingServiceTest {
    private static final String ID = "alice-0123456789abcdef0";

    @TempDir
    Path data;

    private RecordingService service;

    @BeforeEach
    void activate() {
        service = service(Map.of("reserve_mib", 0, "force_interval_ms", 50));
    }

    @AfterEach
    void deactivate() throws Exception {
        service.stop();
    }

    @Test
    void theForceThreadWritesWhatIsNotedAndEndsWithTheService() throws Exception {
        service.begin(Desk.head(ID, false));
        SessionJournal journal = service.open(ID);
        journal.append(List.of(Wire.output(0)));
        journal.acknowledged(DataEnd.NODE, 0);
        Desk reader = new Desk(data.resolve("journals"));

        await().atMost(60, SECONDS)
                .until(() -> !reader.records(ID, RecordType.ACKNOWLEDGED).isEmpty());
        assertThat(threads()).isEqualTo(1);
        service.stop();

        await().atMost(60, SECONDS).until(() -> threads() == 0);
        failure(CommonError.SERVICE_AWAY, () -> journal.append(List.of(Wire.output(1))));
    }

    @Test
    void whatAKilledServerHadUnderWayIsGoneWhenSessionsCanStart() throws Exception {
        service.stop();
        Path left = Files.createDirectories(data.resolve("journals/new")).resolve(ID + ".journal");
        Files.writeString(left, "half");

        service = service(Map.of("reserve_mib", 0, "force_interval_ms", 50));

        assertThat(left).doesNotExist();
        service.begin(Desk.head(ID, false));
    }

    @Test
    void theReserveChangesLiveAndAnotherDirectoryDoesNot() {
        service.modified(SettingsTest.config(Map.of(
                "reserve_mib", 1_048_576, "directory", data.resolve("other").toString())));
        failure(SessionError.RECORDING_IMPOSSIBLE, () -> service.begin(Desk.head(ID, false)));

        service.modified(SettingsTest.config(
                Map.of("reserve_mib", 0, "directory", data.resolve("other").toString())));
        service.begin(Desk.head(ID, false));

        assertThat(data.resolve("other")).doesNotExist();
        assertThat(new Desk(data.resolve("journals")).file(ID)).exists();
    }

    @Test
    void aNewServiceClearsWhatTheOldOneHadUnderWay() throws Exception {
        service.begin(Desk.head(ID, false));
        service.stop();
        Path left = Files.write(data.resolve("journals/new/x.journal"), new byte[3]);

        service = service(Map.of("force_interval_ms", 50));

        await().atMost(60, SECONDS).until(() -> !Files.exists(left));
        assertThat(service.open(ID).lives()).isEqualTo(1);
    }

    private RecordingService service(Map<String, Object> attributes) {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> method.getName().equals("getProperty") ? data.toString() : null);
        return new RecordingService(context, SettingsTest.config(attributes));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sallyport-recording-force-1"))
                .count();
    }
}
