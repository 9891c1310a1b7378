package org.sallyport.test.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.test.database.TestDatabase;
import org.sallyport.test.e2e.LiveSystem;

/** A server of its own with data and ports that outlive its process: it can be killed and started again. */
final class ServerProcess implements AutoCloseable {
    private static final long START_SECONDS = 600;

    private final Path folder;
    private final int apiPort;
    private final int channelPort;
    private final String javaOptions;
    private Process process;

    private ServerProcess(Path folder, int apiPort, int channelPort, String javaOptions) {
        this.folder = folder;
        this.apiPort = apiPort;
        this.channelPort = channelPort;
        this.javaOptions = javaOptions;
    }

    /**
     * Prepares, does not start.
     *
     * @param javaOptions more for the server's Java
     */
    static ServerProcess prepare(Path folder, int apiPort, int channelPort, String javaOptions) throws IOException {
        Path etc = Files.createDirectories(folder.resolve("etc"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(LiveSystem.program("server/etc"))) {
            for (Path file : files) {
                Files.copy(file, etc.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new ServerProcess(folder, apiPort, channelPort, javaOptions);
    }

    /** Settings of one bundle, for the next start. */
    ServerProcess configure(String pid, Map<String, String> settings) throws IOException {
        List<String> lines = settings.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .toList();
        Files.write(folder.resolve("etc").resolve(pid + ".cfg"), lines);
        return this;
    }

    /** The store, from the next start on. */
    ServerProcess storeIn(TestDatabase database) throws IOException {
        Path secret = Files.writeString(folder.resolve("etc/store-password"), database.password() + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return configure(
                "org.sallyport.core.store",
                Map.of("url", database.url(), "user", database.user(), "password.file", secret.toString()));
    }

    /** Returns at once; see {@link #awaitReady}. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        LiveSystem.program("server/bin/sallyport-server").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.out").toFile()));
        builder.environment().put("SALLYPORT_DATA", data().toString());
        builder.environment().put("SALLYPORT_ETC", folder.resolve("etc").toString());
        builder.environment()
                .put(
                        "SALLYPORT_JAVA_OPTS",
                        "-Dsallyport.api.port=%d -Dsallyport.channel.port=%d %s"
                                .formatted(apiPort, channelPort, javaOptions));
        process = builder.start();
    }

    /** Waits until it answers its administrator. */
    Api awaitReady() throws IOException {
        Process started = process;
        Awaitility.await("the server's first files")
                .atMost(START_SECONDS, TimeUnit.SECONDS)
                .failFast("the server ended, see " + folder, () -> !started.isAlive())
                .until(() -> Files.exists(ca()) && Files.exists(admin()));
        Api api = Api.of(this, api());
        Awaitility.await("the server to answer")
                .atMost(START_SECONDS, TimeUnit.SECONDS)
                .failFast("the server ended, see " + folder, () -> !started.isAlive())
                .until(api::answers);
        return api;
    }

    /** As a power switch for this process; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    URI api() {
        return URI.create("https://localhost:" + apiPort);
    }

    Path data() {
        return folder.resolve("data");
    }

    Path ca() {
        return data().resolve("tls/ca.pem");
    }

    Path admin() {
        return data().resolve("initial-admin.json");
    }

    @Override
    public void close() {
        if (process != null) {
            Stopping.stop(process);
        }
    }
}
