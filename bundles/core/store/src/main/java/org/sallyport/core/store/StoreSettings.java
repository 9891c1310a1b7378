package org.sallyport.core.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * Where the database is and how it is reached.
 *
 * @param directory the data directory; holds the master key and the embedded database
 * @param url JDBC URL, empty text for the embedded database
 * @param user database user
 * @param password its password, secret
 * @param tls how an external database is known to be the right one
 * @param poolSize most connections, 1 to 100
 */
public record StoreSettings(Path directory, String url, String user, String password, Tls tls, int poolSize) {
    static final String DATA_PROPERTY = "sallyport.data";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int POOL_SIZE = 8;

    /**
     * TLS to an external database.
     *
     * @param mode one of {@link #MODES}, or empty text to choose by where the database is
     * @param authorities absolute path of a PEM file, or empty text for Java's
     */
    public record Tls(String mode, String authorities) {
        static final Set<String> MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
        static final Tls DEFAULT = new Tls("", "");

        public Tls {
            if (!mode.isEmpty() && !MODES.contains(mode)) {
                throw invalid("tls.mode must be one of %s, was %s".formatted(MODES, mode));
            }
            if (!authorities.isEmpty() && !Path.of(authorities).isAbsolute()) {
                throw invalid("tls.ca must be an absolute path, was " + authorities);
            }
        }
    }

    public StoreSettings {
        if (poolSize < 1 || poolSize > 100) {
            throw invalid("pool.size must be 1 to 100, was " + poolSize);
        }
        if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
            throw invalid("url must be empty (embedded database) or start with " + POSTGRESQL);
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
        return new StoreSettings(directory.toAbsolutePath(), "", "sallyport", "", Tls.DEFAULT, POOL_SIZE);
    }

    /** An external database, with all defaults. */
    public static StoreSettings external(Path directory, String url, String user, String password) {
        return new StoreSettings(directory.toAbsolutePath(), url, user, password, Tls.DEFAULT, POOL_SIZE);
    }

    static StoreSettings from(StoreConfig config, String dataProperty, Map<String, String> environment) {
        return new StoreSettings(
                directory(config, dataProperty),
                config.url().strip(),
                config.user(),
                StorePassword.from(config, environment),
                new Tls(config.tls_mode().strip(), config.tls_ca().strip()),
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

    boolean isEmbedded() {
        return url.isEmpty();
    }

    /** Whether the same database is meant, reached the same way. */
    boolean sameDatabase(StoreSettings other) {
        return url.equals(other.url) && directory.equals(other.directory) && tls.equals(other.tls);
    }

    @Override
    public String toString() {
        return "StoreSettings[" + (isEmbedded() ? directory : "PostgreSQL") + "]";
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, "Store: " + message);
    }
}
