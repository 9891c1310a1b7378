package org.sallyport.core.audit;

import java.nio.file.Path;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * The bundle's configuration, checked.
 *
 * @param directory of the trail
 * @param segmentBytes size after which a file is sealed
 * @param keepDays 0 for always
 * @param headKey where the store keeps how far the trail reaches
 */
record Settings(Path directory, long segmentBytes, int keepDays, String headKey) {
    static final String DATA_PROPERTY = "sallyport.data";
    private static final long MIB = 1024 * 1024;
    private static final String KEY = "head";

    static Settings from(AuditConfig config, String dataProperty) {
        range("segment.mib", config.segment_mib(), 1, 1024);
        range("keep.days", config.keep_days(), 0, 36_500);
        String server = config.server().strip();
        if (!server.matches("[A-Za-z0-9.-]{0,64}")) {
            throw invalid("server must be 1 to 64 letters, digits, points and hyphens, was " + server);
        }
        return new Settings(
                directory(config, dataProperty),
                config.segment_mib() * MIB,
                config.keep_days(),
                server.isEmpty() ? KEY : KEY + "/" + server);
    }

    private static Path directory(AuditConfig config, String dataProperty) {
        if (!config.directory().isBlank()) {
            Path named = Path.of(config.directory().strip()).normalize();
            if (!named.isAbsolute()) {
                throw invalid("directory must be an absolute path, was " + named);
            }
            return named;
        }
        if (dataProperty == null || dataProperty.isBlank()) {
            throw invalid("no directory: set the framework property " + DATA_PROPERTY + " or the attribute directory");
        }
        return Path.of(dataProperty.strip()).toAbsolutePath().normalize().resolve("audit");
    }

    private static void range(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid("%s must be %d to %d, was %d".formatted(what, least, most, value));
        }
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT, "Audit: %s (configuration %s)".formatted(message, TrailService.PID));
    }
}
