package org.sallyport.test.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.sallyport.test.e2e.LiveSystem;

/** A server on an empty data folder: until its API port answers, and what it holds then. */
final class ColdStart implements Part {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long POLL_MILLIS = 10;
    private static final long SETTLE_SECONDS = 3;

    @Override
    public void measure(Setting setting) throws Exception {
        Samples times = new Samples();
        Samples again = new Samples();
        Samples memory = new Samples();
        for (int i = 0; i < setting.sizes().coldStarts(); i++) {
            Path data = LiveSystem.work("bench-cold-" + i);
            memory.add(once(data, times));
            once(data, again);
        }
        String note = "median of " + setting.sizes().coldStarts();
        setting.report().add(Row.alone("server, first start to serving", "ms", times.median(), "under 3000", note));
        setting.report().add(Row.alone("server, next start to serving", "ms", again.median(), "under 3000", note));
        setting.report()
                .add(Row.alone(
                        "server, resident memory after the start",
                        "MiB",
                        memory.median(),
                        "under 250",
                        note + ", " + SETTLE_SECONDS + " s later"));
    }

    private static double once(Path data, Samples times) throws Exception {
        int port = LiveSystem.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        LiveSystem.program("server/bin/sallyport-server").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SALLYPORT_DATA", data.toString());
        builder.environment()
                .put(
                        "SALLYPORT_JAVA_OPTS",
                        "-Dsallyport.api.port=%d -Dsallyport.channel.port=%d -Dsallyport.metrics.port=%d"
                                .formatted(port, LiveSystem.freePort(), LiveSystem.freePort()));
        long began = System.nanoTime();
        Process server = builder.start();
        try {
            HealthProbe probe = new HealthProbe(port, data.resolve("tls/ca.pem"));
            while (!probe.ready()) {
                if (!server.isAlive() || System.nanoTime() - began > PATIENCE_NANOS) {
                    throw new IOException("The server on " + data + " does not get ready");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            times.nanosAsMillis(System.nanoTime() - began);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            return resident(server.pid());
        } finally {
            server.destroy();
            if (!server.waitFor(60, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private static double resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
