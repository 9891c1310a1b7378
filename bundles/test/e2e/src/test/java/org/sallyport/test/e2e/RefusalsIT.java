package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.StartSessionResponse;

/** What is wrong gets a clear error, and nothing else is disturbed: after each test a shell still opens. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class RefusalsIT {

    @AfterEach
    void aShellStillOpens(LiveSystem live) throws Exception {
        try (PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("echo alive-$((40+2)); exit\r");
            shell.awaitText("alive-42");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    @Test
    void aWrongCodeAndAnUnknownActivationGetTheSameText(LiveSystem live) throws Exception {
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));

            String wrongCode = register(live, made.activationId(), "x".repeat(20));
            String wrongId = register(live, "00000000-0000-4000-8000-000000000000", made.activationCode());

            assertThat(wrongCode).contains("InvalidActivation").doesNotContain(made.activationCode());
            assertThat(lastLine(wrongId)).isEqualTo(lastLine(wrongCode));
        }
    }

    @Test
    void anExpiredActivationAdmitsNobody(LiveSystem live) throws Exception {
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(request -> request.iamRole("SSMServiceRole")
                    .expirationDate(Instant.now().plus(Duration.ofSeconds(2))));
            org.awaitility.Awaitility.await("the activation to expire")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> ssm.describeActivationsPaginator().activationList().stream()
                            .filter(one -> one.activationId().equals(made.activationId()))
                            .allMatch(one -> one.expired()));

            assertThat(register(live, made.activationId(), made.activationCode()))
                    .contains("InvalidActivation");
        }
    }

    @Test
    void aWrongSecretIsASignatureError(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live, live.get("accessKeyId"), "wrong" + live.get("secretAccessKey"))) {
            assertThatThrownBy(ssm::describeInstanceInformation)
                    .isInstanceOfSatisfying(AwsServiceException.class, refused -> assertThat(
                                    refused.awsErrorDetails().errorCode())
                            .isEqualTo("InvalidSignatureException"));
        }
    }

    @Test
    void anUnknownKeyIsAnUnknownClient(LiveSystem live) {
        try (SsmClient ssm = Clients.ssm(live, "AKIAAAAAAAAAAAAAAAAA", live.get("secretAccessKey"))) {
            assertThatThrownBy(ssm::describeInstanceInformation)
                    .isInstanceOfSatisfying(AwsServiceException.class, refused -> assertThat(
                                    refused.awsErrorDetails().errorCode())
                            .isEqualTo("UnrecognizedClientException"));
        }
    }

    @Test
    void aSkewedClockIsToldBothTimes(LiveSystem live) throws Exception {
        String answer = call(live, Instant.now().minus(Duration.ofMinutes(20)), "{}");

        assertThat(answer).contains("400").contains("InvalidSignatureException").contains("Signature expired");
    }

    @Test
    void aBodyOverTheLimitIsRefused(LiveSystem live) throws Exception {
        String answer = call(live, Instant.now(), "{\"x\":\"" + "a".repeat(2 << 20) + "\"}");

        assertThat(answer).startsWith("HTTP/1.1 4");
    }

    @Test
    void garbageOnBothPortsEndsOnlyItsConnection(LiveSystem live) throws Exception {
        Random random = new Random(7);
        for (URI port : List.of(live.api(), live.channel())) {
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[1 + random.nextInt(4000)];
                random.nextBytes(garbage);
                try (Socket plain = new Socket("localhost", port.getPort())) {
                    writeIgnoringReset(plain.getOutputStream(), garbage);
                }
                try (SSLSocket secured = tls(live, port.getPort())) {
                    writeIgnoringReset(secured.getOutputStream(), garbage);
                }
            }
        }
    }

    @Test
    void malformedAndOversizeFramesEndOnlyTheirConnection(LiveSystem live) throws Exception {
        byte[] unmasked = {(byte) 0x82, 0x01, 0x41};
        byte[] oversize = {(byte) 0x82, (byte) 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
        byte[] reserved = {(byte) 0xf2, (byte) 0x80, 1, 2, 3, 4};
        for (byte[] frame : List.of(unmasked, oversize, reserved)) {
            try (SSLSocket socket = upgraded(live, "no-such-session")) {
                socket.getOutputStream().write(frame);
                socket.getOutputStream().flush();
                assertThat(untilClosed(socket)).isNotNull();
            }
        }
    }

    @Test
    void aWrongTokenIsToldByChannelClosed(LiveSystem live) throws Exception {
        StartSessionResponse started;
        try (SsmClient ssm = Clients.ssm(live)) {
            started = ssm.startSession(request -> request.target(live.nodeId()));
            try (SSLSocket socket = upgraded(live, started.sessionId())) {
                socket.getOutputStream()
                        .write(
                                maskedText(
                                        "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\",\"TokenValue\":\"wrong\",\"ClientId\":\"c\"}"));
                socket.getOutputStream().flush();

                assertThat(untilClosed(socket)).contains("channel_closed").contains("Output");
            }
            ssm.terminateSession(request -> request.sessionId(started.sessionId()));
        }
    }

    private static String register(LiveSystem live, String id, String code) throws Exception {
        Path data = Files.createTempDirectory("refused-agent");
        Process agent = new ProcessBuilder(
                        LiveSystem.program("agent/bin/sallyport-agent").toString(),
                        "register",
                        "--url",
                        live.api().toString(),
                        "--channel-url",
                        live.channel().toString(),
                        "--region",
                        live.get("region"),
                        "--ca-fingerprint",
                        fingerprint(live),
                        "--id",
                        id,
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream stdin = agent.getOutputStream()) {
            stdin.write((code + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).as(output).isNotZero();
        assertThat(data.resolve("identity.json")).doesNotExist();
        return output;
    }

    static String fingerprint(LiveSystem live) throws Exception {
        try (InputStream in = Files.newInputStream(Path.of(live.get("ca")))) {
            byte[] certificate = java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(certificate));
        }
    }

    private static String lastLine(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** A signed DescribeInstanceInformation at a time of our choosing; the raw answer. */
    private static String call(LiveSystem live, Instant when, String json) throws Exception {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        List<Map.Entry<String, String>> headers = new java.util.ArrayList<>(List.of(
                Map.entry("Host", live.api().getAuthority()),
                Map.entry("Content-Type", "application/x-amz-json-1.1"),
                Map.entry("X-Amz-Target", "AmazonSSM.DescribeInstanceInformation")));
        HttpRequestView request = new HttpRequestView("POST", "/", "", headers, body);
        SigningCredentials key =
                new SigningCredentials(live.get("accessKeyId"), live.get("secretAccessKey"), Optional.empty());
        headers.addAll(SigV4Signer.signHeaders(request, key, live.get("region"), "ssm", when));
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        try (SSLSocket socket = tls(live, live.api().getPort())) {
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            writeIgnoringReset(socket.getOutputStream(), body);
            return untilClosed(socket);
        }
    }

    private static SSLSocket upgraded(LiveSystem live, String sessionId) throws Exception {
        SSLSocket socket = tls(live, live.channel().getPort());
        String request = "GET /v1/data-channel/%s?role=publish_subscribe HTTP/1.1\r\nHost: %s\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream()
                .write(request.formatted(sessionId, live.channel().getAuthority())
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("no answer to the upgrade: " + head);
            }
            head.append((char) next);
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }

    private static byte[] maskedText(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        assertThat(payload.length).as("one length byte is enough").isLessThan(126);
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) 0x81).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
        return frame.array();
    }

    private static SSLSocket tls(LiveSystem live, int port) throws Exception {
        SSLContext context = CaTrust.fromBundle(Path.of(live.get("ca"))).sslContext();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static void writeIgnoringReset(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            assertThat(e).as("the server may close first").isNotNull();
        }
    }

    private static String untilClosed(SSLSocket socket) {
        StringBuilder read = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the server keeps the connection open; it said: " + read, e);
        } catch (IOException e) {
            read.append("");
        }
        return read.toString();
    }
}
