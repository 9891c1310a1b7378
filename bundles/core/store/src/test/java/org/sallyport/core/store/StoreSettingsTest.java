package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class StoreSettingsTest {
    private static final String LOCAL = "jdbc:postgresql://localhost/sallyport";
    private static final String REMOTE = "jdbc:postgresql://db.example.net:5433/sallyport";

    private static final String JAVA = "org.postgresql.ssl.DefaultJavaSSLFactory";

    @TempDir
    Path folder;

    private final Map<String, Object> given = new HashMap<>();

    @Test
    void whatIsNotGivenIsTheEmbeddedDatabase() {
        StoreSettings settings = settings(Map.of(StorePassword.VARIABLE, "not for the embedded one"));

        assertThat(settings).isEqualTo(StoreSettings.embedded(folder));
        assertThat(settings.password()).isEmpty();
    }

    @Test
    void eachAttributeCounts() {
        given.putAll(Map.of("url", " " + REMOTE + " ", "user", "ann", "_password", "p w", "pool_size", 3));
        given.putAll(Map.of(
                "tls_mode",
                "verify-ca",
                "tls_ca",
                "/etc/ca.pem",
                "directory",
                folder.resolve("x").toString()));

        StoreSettings expected = new StoreSettings(
                folder.resolve("x"), REMOTE, "ann", "p w", new StoreSettings.Tls("verify-ca", "/etc/ca.pem"), 3);
        assertThat(settings(Map.of(StorePassword.VARIABLE, "other"))).isEqualTo(expected);
        assertThat(expected.toString()).doesNotContain("p w").doesNotContain("db.example.net");
    }

    @Test
    void thePasswordComesFromAFileThatNobodyElseMayRead() throws Exception {
        Path file = folder.resolve("password");
        Files.writeString(file, " with blanks \nmore\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        given.putAll(Map.of("url", REMOTE, "password_file", file.toString()));

        assertThat(settings(Map.of(StorePassword.VARIABLE, "other")).password()).isEqualTo(" with blanks ");

        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> settings(Map.of()))
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("chmod 600");
        }
        Files.delete(file);
        assertThatThrownBy(() -> settings(Map.of())).hasMessageContaining("is missing");
        given.put("_password", "both");
        assertThatThrownBy(() -> settings(Map.of())).hasMessageContaining("not both");
    }

    @Test
    void thePasswordOfAnExternalDatabaseMayComeFromTheEnvironment() {
        given.put("url", REMOTE);

        assertThat(settings(Map.of(StorePassword.VARIABLE, "secret")).password())
                .isEqualTo("secret");
        assertThat(settings(Map.of()).password()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertRefused("url", "jdbc:mysql://x/y", "jdbc:postgresql:");
        assertRefused("tls_mode", "sometimes", "tls.mode");
        assertRefused("tls_ca", "relative.pem", "tls.ca");
        assertRefused("pool_size", 0, "pool.size");
        assertRefused("password_file", "relative", "password.file");
        assertThatThrownBy(() ->
                        PostgresSource.of(StoreSettings.external(folder, "jdbc:postgresql://host:port/x", "ann", "")))
                .hasMessageContaining("url is not understood");
    }

    @Test
    void aConnectionHasLimitsUnlessTheUrlSaysOthers() throws Exception {
        PGSimpleDataSource source = source(LOCAL, StoreSettings.Tls.DEFAULT);
        assertThat(source.getConnectTimeout()).isEqualTo(5);
        assertThat(source.getSocketTimeout()).isEqualTo(10);
        assertThat(source.getTcpKeepAlive()).isTrue();

        source = source(LOCAL + "?socketTimeout=77&tcpKeepAlive=false", StoreSettings.Tls.DEFAULT);
        assertThat(source.getSocketTimeout()).isEqualTo(77);
        assertThat(source.getTcpKeepAlive()).isFalse();
        assertThat(source.getConnectTimeout()).isEqualTo(5);
    }

    @Test
    void aDatabaseElsewhereMustShowACertificate() throws Exception {
        assertThat(source(LOCAL, StoreSettings.Tls.DEFAULT).getSslmode()).isEqualTo("prefer");
        PGSimpleDataSource remote = source(REMOTE, StoreSettings.Tls.DEFAULT);
        assertThat(remote.getSslmode()).isEqualTo("verify-full");
        assertThat(remote.getSslfactory()).isEqualTo(JAVA);
        assertThat(source("jdbc:postgresql://localhost,db.example.net/x", StoreSettings.Tls.DEFAULT)
                        .getSslmode())
                .isEqualTo("verify-full");

        PGSimpleDataSource pinned = source(REMOTE, new StoreSettings.Tls("verify-ca", "/etc/ca.pem"));
        assertThat(pinned.getSslmode()).isEqualTo("verify-ca");
        assertThat(pinned.getSslRootCert()).isEqualTo("/etc/ca.pem");
        assertThat(pinned.getSslfactory()).isNotEqualTo(JAVA);

        assertThat(source(REMOTE, new StoreSettings.Tls("disable", "")).getSslfactory())
                .isNotEqualTo(JAVA);
        assertThat(source(REMOTE + "?sslmode=require", StoreSettings.Tls.DEFAULT)
                        .getSslmode())
                .isEqualTo("require");
    }

    @Test
    void ofSeveralHostsTheOneThatTakesWritesIsUsed() throws Exception {
        assertThat(source("jdbc:postgresql://a,b/x", StoreSettings.Tls.DEFAULT).getTargetServerType())
                .isEqualTo("primary");
    }

    private PGSimpleDataSource source(String url, StoreSettings.Tls tls) throws Exception {
        return PostgresSource.of(new StoreSettings(folder, url, "ann", "", tls, 1))
                .unwrap(PGSimpleDataSource.class);
    }

    private void assertRefused(String attribute, Object value, String message) {
        given.clear();
        given.put(attribute, value);
        assertThatThrownBy(() -> settings(Map.of())).hasMessageContaining(message);
    }

    private StoreSettings settings(Map<String, String> environment) {
        return StoreSettings.from(new GivenConfig(given), folder.toString(), environment);
    }
}
