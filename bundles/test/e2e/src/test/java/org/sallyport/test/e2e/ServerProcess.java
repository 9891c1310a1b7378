package org.sallyport.test.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server alone, started by its script, with data, adapters and ports of its own. */
final class ServerProcess implements AutoCloseable {
    /** What a program printed, both streams, and its exit status. */
    record Ran(int exit, String text) {}

    private final Path data;
    private final String options;
    private final int apiPort = LiveSystem.freePort();
    private final int channelPort = LiveSystem.freePort();
    private final int metricsPort = LiveSystem.freePort();
    private Process process;

    ServerProcess(Path data) throws IOException {
        this(data, "");
    }

    /** @param options more for Java, with blanks between them */
    ServerProcess(Path data, String options) throws IOException {
        this.data = data;
        this.options = options;
        Files.createDirectories(data);
        Files.createDirectories(plugins());
        try (Stream<Path> jars = Files.list(LiveSystem.program("server/plugins"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, plugins().resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    void start() throws IOException {
        ProcessBuilder builder = command(List.of());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("server.out").toFile()));
        process = builder.start();
    }

    /** {@code sallyport-server status …}, to its end; before it the words of another program that runs it. */
    Ran status(List<String> before, String... options) throws Exception {
        ProcessBuilder builder = command(before);
        builder.command().add("status");
        builder.command().addAll(List.of(options));
        Process asked = builder.redirectErrorStream(true).start();
        asked.getOutputStream().close();
        String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!asked.waitFor(60, TimeUnit.SECONDS)) {
            asked.destroyForcibly();
            throw new AssertionError("sallyport-server status does not end:\n" + text);
        }
        return new Ran(asked.exitValue(), text);
    }

    Ran status(String... options) throws Exception {
        return status(List.of(), options);
    }

    /** Asks the API port, trusting the server's authority. */
    HttpResponse<String> get(String path) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(data.resolve("tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + apiPort + path))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    Path data() {
        return data;
    }

    Path plugins() {
        return data.resolve("plugins-of-test");
    }

    int apiPort() {
        return apiPort;
    }

    int channelPort() {
        return channelPort;
    }

    int metricsPort() {
        return metricsPort;
    }

    @Override
    public void close() {
        stop();
    }

    /** In order; it may be started again. */
    void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessBuilder command(List<String> before) {
        List<String> words = new ArrayList<>(before);
        words.add(LiveSystem.program("server/bin/sallyport-server").toString());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SALLYPORT_DATA", data.toString());
        builder.environment().put("SALLYPORT_PLUGINS", plugins().toString());
        builder.environment()
                .put(
                        "SALLYPORT_JAVA_OPTS",
                        "-Dsallyport.api.port=%d -Dsallyport.channel.port=%d -Dsallyport.metrics.port=%d %s"
                                .formatted(apiPort, channelPort, metricsPort, options));
        return builder;
    }
}
