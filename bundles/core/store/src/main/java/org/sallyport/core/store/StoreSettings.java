package org.sallyport.core.store;

import java.nio.file.Path;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * Where the database is and how it is reached.
 *
 * @param directory the data directory; holds the master key and the embedded database
 * @param url JDBC URL, empty text for the embedded database
 * @param user database user
 * @param password its password, secret
 * @param poolSize most connections, 1 to 100
 */
public record StoreSettings(Path directory, String url, String user, String password, int poolSize) {
    static final String DATA_PROPERTY = "sallyport.data";

    public StoreSettings {
        if (poolSize < 1 || poolSize > 100) {
            throw invalid("pool.size must be 1 to 100, was " + poolSize);
        }
        if (!directory.isAbsolute()) {
            throw invalid("directory must be an absolute path, was " + directory);
        }
        // H2 takes everything after a semicolon for settings
        if (directory.toString().indexOf(';') >= 0) {
            throw invalid("directory must not contain a semicolon, was " + directory);
        }
    }

    /** The embedded database in a directory, with all defaults. */
    public static StoreSettings embedded(Path directory) {
        return new StoreSettings(directory.toAbsolutePath(), "", "sallyport", "", 8);
    }

    static StoreSettings from(StoreConfig config, String dataProperty) {
        return new StoreSettings(
                directory(config, dataProperty),
                config.url().strip(),
                config.user(),
                config._password(),
                config.pool_size());
    }

    /** The configured data directory, else the one of the framework property. */
    static Path directory(StoreConfig config, String dataProperty) {
        if (!config.directory().isBlank()) {
            return Path.of(config.directory().strip()).normalize();
        }
        if (dataProperty == null || dataProperty.isBlank()) {
            throw invalid("no data directory: set the framework property " + DATA_PROPERTY
                    + " or the attribute directory of " + StoreConfig.PID);
        }
        return Path.of(dataProperty.strip()).toAbsolutePath().normalize();
    }

    /** Whether the same database is meant. */
    boolean sameDatabase(StoreSettings other) {
        return url.equals(other.url) && directory.equals(other.directory);
    }

    @Override
    public String toString() {
        return "StoreSettings[" + (url.isEmpty() ? directory : "external database") + "]";
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, "Store: " + message);
    }
}
