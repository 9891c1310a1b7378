package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.recording.Errors.failure;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;

class SettingsTest {
    @Test
    void defaults() {
        Settings settings = Settings.from(config(Map.of()), "/srv/sallyport/data");

        assertThat(settings)
                .isEqualTo(new Settings(Path.of("/srv/sallyport/data/journals"), 64, Duration.ofSeconds(1)));
    }

    @Test
    void everythingElse() {
        Settings settings = Settings.from(
                config(Map.of("directory", " /mnt/journals/ ", "reserve_mib", 500, "force_interval_ms", 250)), null);

        assertThat(settings).isEqualTo(new Settings(Path.of("/mnt/journals"), 500, Duration.ofMillis(250)));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThat(refused(Map.of("reserve_mib", -1))).contains("reserve.mib", RecordingService.PID);
        assertThat(refused(Map.of("reserve_mib", 1_048_577))).contains("reserve.mib");
        assertThat(refused(Map.of("force_interval_ms", 49))).contains("force.interval.ms");
        assertThat(refused(Map.of("force_interval_ms", 10_001))).contains("force.interval.ms");
        assertThat(refused(Map.of("directory", "relative"))).contains("absolute");
        assertThat(failure(CommonError.INVALID_ARGUMENT, () -> Settings.from(config(Map.of()), " ")))
                .contains("sallyport.data");
    }

    private static String refused(Map<String, Object> attributes) {
        return failure(CommonError.INVALID_ARGUMENT, () -> Settings.from(config(attributes), "/data"));
    }

    static RecordingConfig config(Map<String, Object> attributes) {
        return (RecordingConfig) Proxy.newProxyInstance(
                SettingsTest.class.getClassLoader(),
                new Class<?>[] {RecordingConfig.class},
                (proxy, method, arguments) -> attributes.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
