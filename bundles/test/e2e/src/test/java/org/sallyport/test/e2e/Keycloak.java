package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * A real Keycloak on loopback with a realm of one person, {@code alice}, and one client, {@code sallyport}. It is taken from the local Maven repository,
 * where its distribution is after {@code ./mvnw dependency:get -Dartifact=org.keycloak:keycloak-quarkus-dist:26.0.8:zip}; a test is skipped without it.
 */
final class Keycloak implements AutoCloseable {
    private static final String VERSION = "26.0.8";
    private static final String PASSWORD = "changeit";
    private static final long START_SECONDS = 600;

    private final Process process;
    private final Path authority;
    private final int port;
    private final HttpClient http;

    private Keycloak(Process process, Path authority, int port) throws Exception {
        this.process = process;
        this.authority = authority;
        this.port = port;
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, Clients.trust(authority).getTrustManagers(), null);
        http = HttpClient.newBuilder().sslContext(tls).build();
    }

    static Keycloak start(Path folder) throws Exception {
        Path archive = Path.of(System.getProperty("user.home"), ".m2/repository/org/keycloak/keycloak-quarkus-dist")
                .resolve(VERSION + "/keycloak-quarkus-dist-" + VERSION + ".zip");
        assumeTrue(
                Files.isReadable(archive),
                "SKIPPED: Keycloak is not in the local Maven repository; ./mvnw dependency:get"
                        + " -Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip brings it there");
        Path home = unpacked(archive, folder).resolve("keycloak-" + VERSION);
        Path store = folder.resolve("keycloak.p12");
        Path authority = folder.resolve("keycloak.pem");
        keytool(store, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(store, "-exportcert", "-rfc", "-file", authority.toString());
        Files.createDirectories(home.resolve("data/import"));
        try (var realm = Keycloak.class.getResourceAsStream("/keycloak-realm.json")) {
            Files.copy(realm, home.resolve("data/import/people-realm.json"));
        }
        int port = LiveSystem.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-enabled=false",
                        "--http-host=localhost",
                        "--https-port=" + port,
                        "--http-management-port=" + LiveSystem.freePort(),
                        "--hostname=https://localhost:" + port,
                        "--https-key-store-file=" + store,
                        "--https-key-store-password=" + PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keycloak.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        Keycloak started = new Keycloak(builder.start(), authority, port);
        try {
            started.awaitStart(folder.resolve("keycloak.log"));
        } catch (AssertionError | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private void awaitStart(Path log) {
        Awaitility.await("Keycloak's realm")
                .atMost(START_SECONDS, TimeUnit.SECONDS)
                .pollInterval(500, TimeUnit.MILLISECONDS)
                .until(() -> !process.isAlive() || answers());
        assertThat(process.isAlive()).as("see " + log).isTrue();
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://" + provider() + "/.well-known/openid-configuration"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The issuer without its scheme. */
    String provider() {
        return "localhost:" + port + "/realms/people";
    }

    /** The certificate that it is believed by. */
    Path authority() {
        return authority;
    }

    /** The person's access token, as a program gets it that asks for the password. */
    String token(String person, String password) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + provider() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=sallyport&scope=openid&username=%s&password=%s"
                                .formatted(person, password)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return body.required("access_token").asText();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path unpacked(Path archive, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !target.startsWith(folder)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
                if (entry.getName().endsWith(".sh")) {
                    assertThat(target.toFile().setExecutable(true)).isTrue();
                }
            }
        }
        return folder;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "tls", "-keystore", store.toString(), "-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
