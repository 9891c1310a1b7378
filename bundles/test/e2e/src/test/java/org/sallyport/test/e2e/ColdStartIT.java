package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Benchmark: prints how long a server takes from nothing to an open API port, and what it then holds. Asserts no time. */
@Tag("long")
class ColdStartIT {
    private static final int RUNS = 3;

    @Test
    void coldStartAndMemoryArePrinted() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            lines.add(measure(run));
        }

        lines.forEach(System.out::println);
        assertThat(lines).hasSize(RUNS);
    }

    private static String measure(int run) throws Exception {
        Path data = LiveSystem.work("cold-" + run);
        int port = LiveSystem.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        LiveSystem.program("server/bin/sallyport-server").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SALLYPORT_DATA", data.toString());
        builder.environment()
                .put(
                        "SALLYPORT_JAVA_OPTS",
                        "-Dsallyport.api.port=%d -Dsallyport.channel.port=%d".formatted(port, LiveSystem.freePort()));
        long begin = System.nanoTime();
        Process server = builder.start();
        try {
            Awaitility.await("the API port")
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .atMost(120, TimeUnit.SECONDS)
                    .until(() -> open(port));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            return "BENCHMARK cold start, run %d: API port open after %d ms (goal 3000), resident %d MiB (goal 250)"
                    .formatted(run, millis, resident(server.pid()));
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean open(int port) {
        try (java.net.Socket socket = new java.net.Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
