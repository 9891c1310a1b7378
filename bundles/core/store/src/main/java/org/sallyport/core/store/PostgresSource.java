package org.sallyport.core.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Connections to PostgreSQL that do not hang: what the URL leaves open gets a limit here. What it says itself counts. */
final class PostgresSource {
    /** Of both databases; a lock that is waited for longer is a lost round, and the transaction runs again. */
    private static final int LOCK_SECONDS = 2;

    /**
     * For each new connection. The last three make the server give up a transaction, and its locks, whose client vanished.
     */
    static final String SESSION =
            "SET lock_timeout = '%ds'; SET idle_in_transaction_session_timeout = '60s';".formatted(LOCK_SECONDS)
                    + " SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private PostgresSource() {}

    static DataSource of(StoreSettings settings) {
        Properties said = Driver.parseURL(settings.url(), new Properties());
        if (said == null) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "Store: url is not understood; it looks like jdbc:postgresql://host:5432/database");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        defaults(settings.tls(), said).forEach((name, value) -> {
            if (said.getProperty(name) == null) {
                set(source, name, value);
            }
        });
        return source;
    }

    /** Seconds where numbers are times. */
    private static Map<String, String> defaults(StoreSettings.Tls tls, Properties said) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("ApplicationName", "sallyport");
        all.put("connectTimeout", "5");
        all.put("socketTimeout", "10");
        all.put("tcpKeepAlive", "true");
        String[] hosts = said.getProperty("PGHOST", "localhost").split(",");
        if (hosts.length > 1) {
            all.put("targetServerType", "primary");
        }
        String mode = tls.mode().isEmpty() ? modeFor(hosts) : tls.mode();
        all.put("sslmode", mode);
        if (!tls.authorities().isEmpty()) {
            all.put("sslrootcert", tls.authorities());
        } else if (said.getProperty("sslrootcert") == null
                && said.getProperty("sslmode", mode).startsWith("verify-")) {
            all.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return all;
    }

    private static String modeFor(String[] hosts) {
        return Arrays.stream(hosts).allMatch(THIS_MACHINE::contains) ? "prefer" : "verify-full";
    }

    private static void set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("the driver has no property " + name, e);
        }
    }
}
