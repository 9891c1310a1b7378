package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The unmodified amazon-ssm-agent as a node of the running system, in a mount namespace of its own: its data and log folders are fixed, so
 * they are laid over the machine's (node-agent specification, 1.5). Needs root.
 */
public final class AmazonAgent implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("amazon-ssm-agent", "ssm-agent-worker", "ssm-session-worker", "ssm-document-worker");
    private static final List<String> FIXED = List.of("/var/lib/amazon", "/var/log/amazon");
    private static final long WAIT_SECONDS = 60;

    /**
     * Where it runs and whom it asks.
     *
     * @param folder for its programs, its data and its log
     * @param ca PEM file
     * @param api host and port
     * @param channel host and port
     */
    public record Place(Path folder, Path ca, String api, String channel, String region) {}

    private final Path folder;
    private final Map<String, String> environment;
    private final String nodeId;
    private final Predicate<String> connected;
    private Process running;

    private AmazonAgent(Path folder, Map<String, String> environment, String nodeId, Predicate<String> connected) {
        this.folder = folder;
        this.environment = environment;
        this.nodeId = nodeId;
        this.connected = connected;
    }

    /**
     * Registers a new node and runs it until it is connected.
     *
     * @param connected whether the server has the control channel of that node
     */
    public static AmazonAgent start(
            Place place, String activationId, String activationCode, Predicate<String> connected)
            throws IOException, InterruptedException {
        Path programs = Peers.folder(PROGRAMS.toArray(String[]::new));
        Path folder = Files.createDirectories(place.folder());
        install(programs, place);
        Map<String, String> environment = Map.of(
                "SSL_CERT_FILE",
                place.ca().toString(),
                "HOME",
                folder.toString(),
                "AWS_CA_BUNDLE",
                "",
                "no_proxy",
                "*");
        Process registering = apart(
                folder,
                environment,
                "register.log",
                "-register",
                "-y",
                "-id",
                activationId,
                "-code",
                activationCode,
                "-region",
                place.region());
        assertThat(registering.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(registering.exitValue())
                .as(Files.readString(folder.resolve("register.log")))
                .isZero();
        String registration = Files.readString(folder.resolve("lib/ssm/registration"));
        String nodeId = registration.replaceAll("(?s).*\"(mi-[0-9a-f]+)\".*", "$1");
        AmazonAgent agent = new AmazonAgent(folder, environment, nodeId, connected);
        agent.running = apart(folder, environment, "agent.log");
        agent.awaitConnected();
        return agent;
    }

    public String nodeId() {
        return nodeId;
    }

    /** Starts it once more after {@link #close}, with its registration; does not wait for its connection. */
    public ProcessHandle again() throws IOException {
        running = apart(folder, environment, "agent.log");
        return running.toHandle();
    }

    /** What it logged as errors. */
    public String errors() throws IOException {
        Path errors = folder.resolve("log/ssm/errors.log");
        return Files.exists(errors) ? Files.readString(errors) : "";
    }

    private void awaitConnected() {
        Awaitility.await("amazon-ssm-agent is connected as " + nodeId)
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .failFast("amazon-ssm-agent ended", () -> !running.isAlive())
                .until(() -> connected.test(nodeId));
    }

    private static void install(Path programs, Place place) throws IOException {
        Path folder = place.folder();
        for (String program : PROGRAMS) {
            Path copy = folder.resolve(program);
            Files.copy(programs.resolve(program), copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String name : List.of("lib", "log", "configuration")) {
            Files.createDirectories(folder.resolve(name));
        }
        String endpoint = "{\"Endpoint\": \"https://%s\"}";
        String api = endpoint.formatted(place.api());
        Files.writeString(
                folder.resolve("configuration/amazon-ssm-agent.json"),
                """
                {"Ssm": %s, "Mds": %s, "Kms": %s, "Mgs": %s,
                 "Profile": {"ShareCreds": false},
                 "Agent": {"TelemetryMetricsToSSM": false},
                 "Identity": {"ConsumptionOrder": ["OnPrem"]}}
                """
                        .formatted(api, api, api, endpoint.formatted(place.channel())));
    }

    private static Process apart(Path folder, Map<String, String> environment, String log, String... arguments)
            throws IOException {
        for (String place : FIXED) {
            Files.createDirectories(Path.of(place));
        }
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                "mount --bind \"$0/lib\" /var/lib/amazon && mount --bind \"$0/log\" /var/log/amazon"
                        + " && exec \"$0/amazon-ssm-agent\" \"$@\"",
                folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = running.descendants().toList();
        running.destroy();
        try {
            running.waitFor(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        for (String place : FIXED) {
            try {
                Files.deleteIfExists(Path.of(place));
            } catch (java.nio.file.DirectoryNotEmptyException e) {
                // A node of the machine itself keeps its data there.
                assertThat(Path.of(place)).isNotEmptyDirectory();
            }
        }
    }
}
