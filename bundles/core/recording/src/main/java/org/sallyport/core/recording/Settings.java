package org.sallyport.core.recording;

import java.nio.file.Path;
import java.time.Duration;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * The bundle's configuration, checked.
 *
 * @param directory where the journals are
 * @param reserveMib MiB that must be free for a session to start
 * @param forceInterval how long what is written may be only in the operating system's memory
 */
record Settings(Path directory, int reserveMib, Duration forceInterval) {
    static final String DATA_PROPERTY = "sallyport.data";

    Settings {
        if (!directory.isAbsolute()) {
            throw invalid("directory must be an absolute path, was " + directory);
        }
        range("reserve.mib", reserveMib, 0, 1_048_576);
        range("force.interval.ms", forceInterval.toMillis(), 50, 10_000);
    }

    static Settings from(RecordingConfig config, String dataProperty) {
        return new Settings(
                directory(config, dataProperty), config.reserve_mib(), Duration.ofMillis(config.force_interval_ms()));
    }

    private static Path directory(RecordingConfig config, String dataProperty) {
        if (!config.directory().isBlank()) {
            return Path.of(config.directory().strip()).normalize();
        }
        if (dataProperty == null || dataProperty.isBlank()) {
            throw invalid("no directory: set the framework property " + DATA_PROPERTY + " or the attribute directory");
        }
        return Path.of(dataProperty.strip()).toAbsolutePath().normalize().resolve("journals");
    }

    private static void range(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid("%s must be %d to %d, was %d".formatted(what, least, most, value));
        }
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT,
                "Recording: %s (configuration %s)".formatted(message, RecordingService.PID));
    }
}
