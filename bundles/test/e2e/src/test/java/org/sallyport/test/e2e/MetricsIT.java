package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shell is seen in the measurements of a real server, as numbers and never by its name. */
@Tag("long")
class MetricsIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void aSessionIsCountedFromItsStartToItsEnd() throws Exception {
        int port = LiveSystem.freePort();
        Path data = LiveSystem.work("metrics");
        Path etc = settings(data.resolve("etc"), port);
        try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_ETC", etc.toString()), data)) {
            awaitLine(port, "sallyport_nodes_connected 1.0");
            assertThat(scrape(port).lines())
                    .contains("sallyport_sessions_started_total 0.0")
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.startsWith("sallyport_store_connections{state=\"idle\"}"))
                    .anyMatch(line -> line.startsWith("sallyport_transport_connections{scheme=\"wss\"}"));

            try (PtyProgram shell = PtyProgram.shell(live)) {
                shell.awaitText("$");
                shell.type("echo secret-$((40+2))\r");
                shell.awaitText("secret-42");

                String running = scrape(port);
                assertThat(running.lines())
                        .contains("sallyport_sessions_started_total 1.0")
                        .contains("sallyport_sessions_active 1.0")
                        .anyMatch(line -> line.matches("sallyport_relay_bytes_total\\{from=\"node\"} [1-9].*"))
                        .anyMatch(line -> line.matches("sallyport_relay_bytes_total\\{from=\"client\"} [1-9].*"))
                        .anyMatch(line -> line.matches("sallyport_journal_bytes_total [1-9].*"))
                        .anyMatch(line -> line.matches("sallyport_journal_append_seconds_count [1-9].*"))
                        .anyMatch(line -> line.matches(
                                "sallyport_api_requests_seconds_count\\{operation=\"StartSession\",status=\"200\"} 1"));
                assertThat(running).doesNotContain(live.nodeId()).doesNotContain("secret");

                shell.type("exit\r");
                assertThat(shell.exitStatus()).as(shell.screen()).isZero();
            }
            awaitLine(port, "sallyport_sessions_ended_total{cause=\"exited\"} 1.0");
            assertThat(Files.readString(data.resolve("server/log/server.log"))).doesNotContain("secret-");
        }
    }

    private static void awaitLine(int port, String line) {
        Awaitility.await(line)
                .atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(scrape(port).lines()).contains(line));
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Path settings(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> shipped = Files.list(LiveSystem.program("server/etc"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.writeString(folder.resolve("org.sallyport.core.metrics.cfg"), "port = " + port + "\n");
        return folder;
    }
}
