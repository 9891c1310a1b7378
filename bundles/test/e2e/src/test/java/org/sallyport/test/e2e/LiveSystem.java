package org.sallyport.test.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Server, agent and connection file as {@code distro/run} makes them, with data and ports of its own. */
public final class LiveSystem implements AutoCloseable {
    private static final long START_SECONDS = 180;

    private final Map<String, String> environment;
    private final Path data;
    private final Process quickstart;
    private final JsonNode connection;

    private LiveSystem(Map<String, String> environment, Path data, Process quickstart, JsonNode connection) {
        this.environment = environment;
        this.data = data;
        this.quickstart = quickstart;
        this.connection = connection;
    }

    /** Starts on free ports. */
    public static LiveSystem start(Path data) throws IOException {
        return startWith(Map.of(), data);
    }

    /** Starts on free ports, with more in the environment. */
    public static LiveSystem startWith(Map<String, String> environment, Path data) throws IOException {
        return startOn(freePort(), freePort(), environment, data);
    }

    /** Starts again after {@link #close}, with the same data and ports: to nodes it is a restart of their server. */
    public LiveSystem startedAgain() throws IOException {
        return startOn(api().getPort(), channel().getPort(), environment, data);
    }

    private static LiveSystem startOn(int api, int channel, Map<String, String> environment, Path data)
            throws IOException {
        Files.createDirectories(data);
        Path log = data.resolve("quickstart.log");
        Files.deleteIfExists(data.resolve("connection.json"));
        List<String> command = List.of(
                program("quickstart/bin/sallyport-quickstart").toString(),
                "--data",
                data.toString(),
                "--api-port",
                Integer.toString(api),
                "--channel-port",
                Integer.toString(channel));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("SALLYPORT_DISTRIBUTION", distro().toString());
        Process process = builder.start();
        // whoever ends this program ends what it started
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Awaitility.await("connection.json")
                .atMost(START_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.exists(data.resolve("connection.json")) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("The system did not start:\n" + Files.readString(log));
        }
        JsonNode connection = new ObjectMapper().readTree(Files.readAllBytes(data.resolve("connection.json")));
        return new LiveSystem(environment, data, process, connection);
    }

    public String get(String member) {
        return connection.required(member).asText();
    }

    public URI api() {
        return URI.create(get("ssm"));
    }

    public URI channel() {
        return URI.create(get("ssmmessages"));
    }

    public String nodeId() {
        return get("nodeId");
    }

    public Path data() {
        return data;
    }

    public Process quickstart() {
        return quickstart;
    }

    /** What AWS's tools and ours take from the environment. */
    public Map<String, String> clientEnvironment() {
        return Map.of(
                "AWS_ENDPOINT_URL_IAM", get("ssm"),
                "AWS_ACCESS_KEY_ID", get("accessKeyId"),
                "AWS_SECRET_ACCESS_KEY", get("secretAccessKey"),
                "AWS_REGION", get("region"),
                "AWS_DEFAULT_REGION", get("region"),
                "AWS_ENDPOINT_URL_SSM", get("ssm"),
                "AWS_ENDPOINT_URL_STS", get("sts"),
                "AWS_CA_BUNDLE", get("ca"),
                "SSL_CERT_FILE", get("ca"));
    }

    public static Path distro() {
        return Path.of(System.getProperty("sallyport.distro"));
    }

    public static Path program(String path) {
        return distro().resolve(path);
    }

    public static Path work(String name) {
        return Path.of(
                System.getProperty("sallyport.work"),
                name + "-" + ProcessHandle.current().pid());
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Stops as Ctrl-C does. */
    @Override
    public void close() {
        quickstart.destroy();
        try {
            if (!quickstart.waitFor(40, TimeUnit.SECONDS)) {
                quickstart.descendants().forEach(ProcessHandle::destroyForcibly);
                quickstart.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
