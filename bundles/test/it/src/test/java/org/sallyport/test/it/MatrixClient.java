package org.sallyport.test.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;

/** Calls both ports as strangers and people do; each call has a user agent of its own, by which its record is found. */
final class MatrixClient {
    static final String CONSOLE = "/console/api/v1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SSLContext trusting;
    private final HttpClient http;
    private final String api = "https://localhost:" + Integer.getInteger("sallyport.api.port");
    private final int channelPort = Integer.getInteger("sallyport.channel.port");
    private int calls;

    /** @param userAgent of the call */
    record Answer(int status, String body, String userAgent) {}

    MatrixClient(String caPem) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        http = HttpClient.newBuilder()
                .sslContext(trusting)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
    }

    /** Until both fronts answer. */
    void awaitPort() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < end) {
            try {
                if (send("POST", "/", Map.of("X-Amz-Target", "AmazonSSM.DescribeSessions"), "{}")
                                        .status()
                                == 400
                        && send("GET", CONSOLE + "/session", Map.of(), null).status() == 401) {
                    return;
                }
            } catch (ConnectException e) {
                // not open yet
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("the fronts do not answer");
    }

    Answer aws(Models.Request request, Optional<AccessKey> signer) throws Exception {
        Map<String, String> headers = new HashMap<>();
        String body;
        if (request.query()) {
            String name = request.target().substring(request.target().lastIndexOf('.') + 1);
            StringBuilder form = new StringBuilder("Action=" + name + "&Version=" + request.version());
            request.input().properties().forEach(member -> flat(member.getKey(), member.getValue(), form));
            body = form.toString();
            headers.put("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        } else {
            body = request.input().toString();
            headers.put("Content-Type", "application/x-amz-json-1.1");
            headers.put("X-Amz-Target", request.target());
        }
        signer.ifPresent(key -> sign(
                "POST",
                "/",
                body,
                headers,
                request.service(),
                key,
                URI.create(api).getAuthority()));
        return send("POST", "/", headers, body);
    }

    private static void flat(String name, JsonNode value, StringBuilder form) {
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                flat(name + ".member." + (i + 1), value.get(i), form);
            }
        } else if (value.isObject()) {
            value.properties().forEach(member -> flat(name + "." + member.getKey(), member.getValue(), form));
        } else {
            form.append('&').append(name).append('=').append(URLEncoder.encode(value.asText(), StandardCharsets.UTF_8));
        }
    }

    private static void sign(
            String method,
            String path,
            String body,
            Map<String, String> headers,
            String service,
            AccessKey key,
            String host) {
        List<Map.Entry<String, String>> signed = new ArrayList<>(List.of(Map.entry("Host", host)));
        headers.forEach((name, value) -> signed.add(Map.entry(name, value)));
        HttpRequestView view = new HttpRequestView(method, path, "", signed, body.getBytes(StandardCharsets.UTF_8));
        SigningCredentials credentials =
                new SigningCredentials(key.accessKeyId(), key.secretAccessKey(), Optional.empty());
        SigV4Signer.signHeaders(
                        view, credentials, System.getProperty("sallyport.region", "onprem-1"), service, Instant.now())
                .forEach(header -> headers.put(header.getKey(), header.getValue()));
    }

    /** To the API port. */
    Answer send(String method, String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        String agent = agent();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(LIMIT)
                .header("User-Agent", agent)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Host")) {
                request.header(name, value);
            }
        });
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), agent);
    }

    /** As a page of the console with that cookie. */
    Console console(String token) throws IOException, InterruptedException {
        return new Console(token);
    }

    final class Console {
        private final Map<String, String> headers = new HashMap<>();

        private Console(String token) throws IOException, InterruptedException {
            headers.put("Origin", api);
            headers.put("Sec-Fetch-Site", "same-origin");
            headers.put("Cookie", "__Host-sallyport=" + token);
            Answer session = send("GET", CONSOLE + "/session", headers, null);
            headers.put(
                    "X-CSRF-Token",
                    session.status() == 200
                            ? JSON.readTree(session.body()).path("csrf").asText()
                            : "x");
        }

        String get(String path) throws IOException, InterruptedException {
            return send("GET", CONSOLE + path, headers, null).body();
        }

        Answer call(Described route) throws IOException, InterruptedException {
            Map<String, String> all = new HashMap<>(headers);
            route.body().ifPresent(unused -> all.put("Content-Type", "application/json"));
            return send(
                    route.method(), CONSOLE + route.path(), all, route.body().orElse(null));
        }
    }

    /** POST at the channel port. */
    Answer channelToken(String path, Optional<AccessKey> signer) throws Exception {
        String body = "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"11111111-2222-3333-4444-555555555555\"}";
        return raw("POST", "/v1/" + path, signer, Map.of("Content-Type", "application/json"), body);
    }

    /** A web-socket upgrade; one that is accepted shows a token that nobody has. */
    Answer upgrade(String path, Optional<AccessKey> signer, Optional<String> origin) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Connection", "Upgrade",
                "Upgrade", "websocket",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        origin.ifPresent(page -> headers.put("Origin", page));
        return raw("GET", "/v1/" + path, signer, headers, "");
    }

    private Answer raw(String method, String path, Optional<AccessKey> signer, Map<String, String> given, String body)
            throws Exception {
        String agent = agent();
        String host = "localhost:" + channelPort;
        Map<String, String> headers = new HashMap<>(given);
        signer.ifPresent(key -> sign(method, path, body, headers, "ssmmessages", key, host));
        StringBuilder head = new StringBuilder(
                method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: " + agent + "\r\n");
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Host")) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        head.append("\r\n").append(body);
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", channelPort)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String answer = readHead(socket.getInputStream());
            int status = Integer.parseInt(answer.split(" ")[1]);
            if (status == 101) {
                socket.getOutputStream()
                        .write(
                                text(
                                        "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\",\"TokenValue\":\"wrong\",\"ClientId\":\"c\"}"));
                socket.getOutputStream().flush();
            }
            return new Answer(status, answer + rest(socket.getInputStream(), status), agent);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** What follows until the server closes, or says that the channel is closed. */
    private static String rest(InputStream in, int status) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] part = new byte[4096];
        try {
            while (!read.toString().contains(status == 101 ? "channel_closed" : "</")) {
                int count = in.read(part);
                if (count < 0) {
                    return read.toString();
                }
                read.append(new String(part, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server says nothing more after: " + read, e);
        }
        return read.toString();
    }

    private static byte[] text(String message) {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private String agent() {
        return "matrix-" + System.identityHashCode(this) + "-" + ++calls;
    }
}
