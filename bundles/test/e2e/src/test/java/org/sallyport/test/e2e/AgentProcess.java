package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Our agent, with data of its own, as one more node of the running system. */
final class AgentProcess implements AutoCloseable {
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
                .readTree(Files.readAllBytes(data.resolve("identity.json")))
                .required("nodeId")
                .asText();
    }

    void start() throws IOException {
        running = new ProcessBuilder(program(), "run", "--data", data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("agent.out").toFile()))
                .start();
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
