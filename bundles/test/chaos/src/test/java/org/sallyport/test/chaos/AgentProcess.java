package org.sallyport.test.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.test.e2e.LiveSystem;

/** Our agent as a process, registered as a node of one server. */
final class AgentProcess implements AutoCloseable {
    private static final long CONNECT_SECONDS = 240;
    private static final long REGISTER_SECONDS = 180;

    private final Path folder;
    private final Process process;
    private final String nodeId;

    private AgentProcess(Path folder, Process process, String nodeId) {
        this.folder = folder;
        this.process = process;
        this.nodeId = nodeId;
    }

    /** Registers, starts, and waits until the server has its control channel. */
    static AgentProcess start(
            Path folder, Api api, Path ca, URI apiUrl, URI channelUrl, int maxSessions, String javaOptions)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Map.Entry<String, String> activation = api.activate();
        Process registration = program(
                folder,
                "",
                List.of(
                        "register",
                        "--url",
                        apiUrl.toString(),
                        "--channel-url",
                        channelUrl.toString(),
                        "--ca-fingerprint",
                        fingerprint(ca),
                        "--id",
                        activation.getKey()));
        try (OutputStream code = registration.getOutputStream()) {
            code.write((activation.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!registration.waitFor(REGISTER_SECONDS, TimeUnit.SECONDS) || registration.exitValue() != 0) {
            registration.destroyForcibly();
            throw new IOException("No registration, see " + folder.resolve("agent.out"));
        }
        String nodeId = new ObjectMapper()
                .readTree(folder.resolve("data/identity.json").toFile())
                .required("nodeId")
                .asText();
        Process process = program(folder, javaOptions, List.of("run", "--max-sessions", Integer.toString(maxSessions)));
        AgentProcess agent = new AgentProcess(folder, process, nodeId);
        agent.awaitConnected(api);
        return agent;
    }

    void awaitConnected(Api api) {
        Awaitility.await("the node to be connected")
                .atMost(CONNECT_SECONDS, TimeUnit.SECONDS)
                .failFast("the agent ended, see " + folder, () -> !process.isAlive())
                .until(() -> api.connected(nodeId));
    }

    String nodeId() {
        return nodeId;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** For instance {@code STOP}, as {@code kill} names it. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("no signal " + name + " to the agent");
        }
    }

    /** What it started and has not ended. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** How many certificate authorities its identity file holds. */
    int keptAuthorities() throws IOException {
        return Files.readString(folder.resolve("data/identity.json")).split("BEGIN CERTIFICATE", -1).length - 1;
    }

    /** Its log files, whole. */
    List<String> log() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.walk(folder.resolve("data/log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static Process program(Path folder, String javaOptions, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(LiveSystem.program("agent/bin/sallyport-agent").toString());
        command.addAll(arguments);
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.out").toFile()));
        builder.environment().put("SALLYPORT_JAVA_OPTS", javaOptions);
        return builder.start();
    }

    private static String fingerprint(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " is no certificate", e);
        }
    }

    @Override
    public void close() {
        Stopping.stop(process);
    }
}
