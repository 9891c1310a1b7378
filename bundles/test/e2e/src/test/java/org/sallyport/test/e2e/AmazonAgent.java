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
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;

/**
 * The unmodified amazon-ssm-agent as a node of the running system, in a mount namespace of its own: its data and log folders are fixed, so
 * they are laid over the machine's (node-agent specification, 1.5). Needs root.
 */
final class AmazonAgent implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("amazon-ssm-agent", "ssm-agent-worker", "ssm-session-worker", "ssm-document-worker");
    private static final List<String> FIXED = List.of("/var/lib/amazon", "/var/log/amazon");
    private static final long WAIT_SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment;
    private final String nodeId;
    private Process running;

    private AmazonAgent(Path folder, Map<String, String> environment, String nodeId) {
        this.folder = folder;
        this.environment = environment;
        this.nodeId = nodeId;
    }

    /** Registers a new node by a fresh activation and runs it until it is connected. */
    static AmazonAgent start(LiveSystem live) throws IOException, InterruptedException {
        Path programs = Peers.folder(PROGRAMS.toArray(String[]::new));
        Path folder = Files.createDirectories(LiveSystem.work("amazon-agent"));
        install(programs, folder, live);
        Map<String, String> environment = Map.of(
                "SSL_CERT_FILE", live.get("ca"), "HOME", folder.toString(), "AWS_CA_BUNDLE", "", "no_proxy", "*");
        CreateActivationResponse activation;
        try (SsmClient ssm = Clients.ssm(live)) {
            activation = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));
        }
        Process registering = apart(
                folder,
                environment,
                "register.log",
                "-register",
                "-y",
                "-id",
                activation.activationId(),
                "-code",
                activation.activationCode(),
                "-region",
                live.get("region"));
        assertThat(registering.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(registering.exitValue())
                .as(Files.readString(folder.resolve("register.log")))
                .isZero();
        String registration = Files.readString(folder.resolve("lib/ssm/registration"));
        String nodeId = registration.replaceAll("(?s).*\"(mi-[0-9a-f]+)\".*", "$1");
        AmazonAgent agent = new AmazonAgent(folder, environment, nodeId);
        agent.run(live);
        return agent;
    }

    String nodeId() {
        return nodeId;
    }

    /** What it logged as errors. */
    String errors() throws IOException {
        Path errors = folder.resolve("log/ssm/errors.log");
        return Files.exists(errors) ? Files.readString(errors) : "";
    }

    /** Starts the registered agent and waits until the server has its control channel. */
    void run(LiveSystem live) throws IOException {
        running = apart(folder, environment, "agent.log");
        awaitConnected(live);
    }

    void awaitConnected(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live)) {
            Awaitility.await("amazon-ssm-agent is connected as " + nodeId)
                    .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                    .failFast("amazon-ssm-agent ended", () -> !running.isAlive())
                    .until(() -> ssm.getConnectionStatus(request -> request.target(nodeId))
                            .statusAsString()
                            .equals("connected"));
        }
    }

    private static void install(Path programs, Path folder, LiveSystem live) throws IOException {
        for (String program : PROGRAMS) {
            Path copy = folder.resolve(program);
            Files.copy(programs.resolve(program), copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String name : List.of("lib", "log", "configuration")) {
            Files.createDirectories(folder.resolve(name));
        }
        String endpoint = "{\"Endpoint\": \"https://%s\"}";
        String api = endpoint.formatted(live.api().getAuthority());
        Files.writeString(
                folder.resolve("configuration/amazon-ssm-agent.json"),
                """
                {"Ssm": %s, "Mds": %s, "Kms": %s, "Mgs": %s,
                 "Profile": {"ShareCreds": false},
                 "Agent": {"TelemetryMetricsToSSM": false},
                 "Identity": {"ConsumptionOrder": ["OnPrem"]}}
                """
                        .formatted(
                                api, api, api, endpoint.formatted(live.channel().getAuthority())));
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
