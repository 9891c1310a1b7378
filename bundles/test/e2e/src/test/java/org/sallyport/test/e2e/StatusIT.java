package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What an operator sees of a real server, from its start on. */
@Tag("long")
class StatusIT {
    private static ServerProcess server;
    private static ServerProcess.Ran beforeTheStart;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(LiveSystem.work("status"));
        beforeTheStart = server.status();
        server.start();
        readyAfterNothingButRefusals();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        assertThat(server.status().exit()).isEqualTo(2);
    }

    @Test
    void beforeTheStartTheExitStatusIsTwo() {
        assertThat(beforeTheStart.exit()).as(beforeTheStart.text()).isEqualTo(2);
        assertThat(beforeTheStart.text()).contains("no server runs").contains(server.data() + "/run/status.sock");
    }

    @Test
    void aHealthyServerSaysWhatItIsMadeOf() throws Exception {
        eventually(() -> {
            ServerProcess.Ran text = server.status();
            assertThat(text.exit()).as(text.text()).isZero();
            assertThat(text.text())
                    .contains("healthy")
                    .contains("wss on port " + server.channelPort())
                    .contains("org.sallyport.adapter.policy.iam 0.1.0");
        });

        JsonNode json = json();
        assertThat(json.at("/healthy").booleanValue()).as(json.toString()).isTrue();
        assertThat(json.at("/parts/store/kind").textValue()).isEqualTo("H2");
        assertThat(json.at("/parts/store/reachable").booleanValue()).isTrue();
        assertThat(json.at("/parts/api/port").intValue()).isEqualTo(server.apiPort());
        assertThat(json.at("/parts/nodes/connected").intValue()).isZero();
        assertThat(json.at("/parts/sessions/active").intValue()).isZero();
        assertThat(json.at("/parts/recording/freeMib").longValue()).isPositive();
        assertThat(json.at("/unsatisfied")).isEmpty();
        assertThat(json.at("/bundles")).anySatisfy(bundle -> {
            assertThat(bundle.at("/symbolicName").textValue()).isEqualTo("org.sallyport.core.session");
            assertThat(bundle.at("/ring").textValue()).isEqualTo("core");
            assertThat(bundle.at("/state").textValue()).isEqualTo("active");
        });
    }

    @Test
    void wrongArgumentsAreRefusedAndStartNothing() throws Exception {
        assertThat(server.status("--yaml").exit()).isEqualTo(64);
    }

    @Test
    void anAdapterThatDoesNotResolveIsNamedWithItsReason() throws Exception {
        Path bad = server.plugins().resolve("bad-adapter.jar");
        unresolvable(bad);
        try {
            eventually(() -> {
                ServerProcess.Ran text = server.status();
                assertThat(text.exit()).as(text.text()).isEqualTo(1);
                assertThat(text.text()).contains("org.example.bad").contains("org.sallyport.nowhere");
            });
        } finally {
            Files.delete(bad);
        }
        eventually(() -> assertThat(server.status().exit()).isZero());
    }

    @Test
    void withoutAPolicyDecisionTheServerIsNotReadyAndSaysSoUntilItIsBack() throws Exception {
        Path jar = shipped("org.sallyport.adapter.policy.iam");
        Path aside = server.data().resolve(jar.getFileName());
        Files.move(jar, aside);
        try {
            eventually(() -> {
                HttpResponse<String> ready = server.get("/health/ready");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(503);
                assertThat(ready.body()).contains("nothing decides about policies");
            });
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.status().exit()).isEqualTo(1);
        } finally {
            Files.move(aside, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        eventually(() -> assertThat(server.get("/health/ready").statusCode()).isEqualTo(200));
    }

    @Test
    void onlyTheOwnerMayAsk() throws Exception {
        Path socket = server.data().resolve("run/status.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    /** Needs the right to become somebody else. */
    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void anotherUserIsRefused() throws Exception {
        ServerProcess.Ran other = server.status(List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                // a clone may lie in a folder that is private; the right to read is none to connect
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search"));
        assertThat(other.exit()).as(other.text()).isEqualTo(2);
        assertThat(other.text()).contains("only for the user that the server runs as");
    }

    /** From the port's first answer on: what a bundle will answer is away and never unknown. */
    private static void readyAfterNothingButRefusals() {
        List<String> paths = List.of("/console/api/v1/openapi.json", "/console/", "/health/live", "/health/ready");
        Awaitility.await("all fronts")
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .atMost(180, TimeUnit.SECONDS)
                .until(() -> {
                    boolean all = true;
                    for (String path : paths) {
                        all &= answers(path);
                    }
                    return all;
                });
    }

    private static boolean answers(String path) throws Exception {
        try {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isIn(200, 401, 503);
            return answer.statusCode() != 503;
        } catch (ConnectException | java.nio.file.NoSuchFileException e) {
            return false;
        }
    }

    private static JsonNode json() throws Exception {
        ServerProcess.Ran ran = server.status("--json");
        return new ObjectMapper().readTree(ran.text());
    }

    private static void eventually(ThrowingRunnable check) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(check);
    }

    private static Path shipped(String symbolicName) throws IOException {
        try (Stream<Path> jars = Files.list(server.plugins())) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(symbolicName + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void unresolvable(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.example.bad");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Sallyport-Ring", "adapter");
        main.putValue("Require-Capability", "org.sallyport.nowhere;filter:=\"(nothing=provides this)\"");
        Path hidden = jar.resolveSibling(".bad.jar");
        try (OutputStream file = Files.newOutputStream(hidden)) {
            new JarOutputStream(file, manifest).close();
        }
        Files.move(hidden, jar, StandardCopyOption.ATOMIC_MOVE);
    }
}
