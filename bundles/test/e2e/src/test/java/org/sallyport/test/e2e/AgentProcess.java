package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Our agent, with data of its own, as one more node of the running system. */
final class AgentProcess implements AutoCloseable {
    private static final String IDENTITY = "identity.json";

    /** What registering printed. */
    record Ran(int exit, String text) {}

    private final LiveSystem live;
    private final Path data;
    private Process running;

    AgentProcess(LiveSystem live, Path data) {
        this.live = live;
        this.data = data;
    }

    /** Registers; with a proof or an activation, as the arguments say. */
    Ran register(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                program(),
                "register",
                "--url",
                live.api().toString(),
                "--channel-url",
                "https://" + live.channel().getAuthority(),
                "--ca-fingerprint",
                fingerprint(Path.of(live.get("ca"))),
                "--region",
                live.get("region"),
                "--data",
                data.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), text);
    }

    /** Of the registration. */
    String nodeId() throws IOException {
        return new ObjectMapper()
                .readTree(Files.readAllBytes(data.resolve(IDENTITY)))
                .required("nodeId")
                .asText();
    }

    /** @param arguments more of them, for instance another way to the server */
    void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "run", "--data", data.toString()));
        command.addAll(List.of(arguments));
        running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("agent.out").toFile()))
                .start();
    }

    /** A copy of this machine's disk, as of now, as another machine. */
    AgentProcess copiedTo(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(data.resolve(IDENTITY), folder.resolve(IDENTITY), StandardCopyOption.COPY_ATTRIBUTES);
        return new AgentProcess(live, folder);
    }

    /** Shows the server another machine from its next start on, as a machine with other parts does. */
    void shows(UUID fingerprint) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path file = data.resolve(IDENTITY);
        ObjectNode identity = (ObjectNode) json.readTree(Files.readAllBytes(file));
        Files.write(file, json.writeValueAsBytes(identity.put("fingerprint", fingerprint.toString())));
    }

    boolean alive() {
        return running.isAlive();
    }

    String log() throws IOException {
        return Files.readString(data.resolve("agent.out"));
    }

    private static String program() {
        return LiveSystem.program("agent/bin/sallyport-agent").toString();
    }

    private static String fingerprint(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** As its service manager does; it can be started again. */
    void stop() {
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
