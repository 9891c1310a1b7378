package org.sallyport.test.bench.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * One node, saying what amazon-ssm-agent says in its order: register, role token signed with its key, two reports, control channel; then, while it
 * idles, pings and reports. Each of its connections has a TLS handshake of its own. What fails is begun again after a pause that doubles.
 */
final class FleetNode {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("<TokenValue>([^<]+)</TokenValue>");
    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 20_000;

    /** @param region of the signatures */
    record Server(URI api, URI channel, String region) {}

    /** What a machine is given to become a node. */
    record Activation(String id, String code) {}

    private final FleetNet net;
    private final FleetCounts counts;
    private final Server server;
    private final Activation activation;
    private final KeyPair key;
    private final SSLContext context;
    private final InetAddress from;
    private final Executor processor;
    private final String fingerprint = UUID.randomUUID().toString();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private volatile String id;
    private volatile SigningCredentials credentials;
    private volatile FleetSocket channel;
    private long pause = FIRST_PAUSE;
    private volatile long began;

    FleetNode(
            FleetNet net,
            FleetCounts counts,
            Server server,
            Activation activation,
            KeyPair key,
            SSLContext context,
            InetAddress from,
            long rank) {
        this.net = net;
        this.processor = net.processor(rank);
        this.counts = counts;
        this.server = server;
        this.activation = activation;
        this.key = key;
        this.context = context;
        this.from = from;
    }

    /** Completes when its control channel is open. */
    CompletableFuture<Void> boot(Slots booting) {
        began = System.nanoTime();
        booting.run(() -> {
            processor.execute(this::attempt);
            return connected;
        });
        return connected;
    }

    String id() {
        return id;
    }

    Executor processor() {
        return processor;
    }

    /** As it idles: a ping on its channel. */
    void ping() {
        FleetSocket open = channel;
        if (open != null) {
            open.sendPing();
        }
    }

    /** As it idles: a report over a connection of its own. */
    CompletableFuture<Void> report() {
        return api().thenCompose(http -> full(http).thenAccept(answer -> http.end()));
    }

    private void attempt() {
        api().thenCompose(http -> registered(http)
                        .thenCompose(unused -> role(http))
                        .thenCompose(unused -> call(http, "UpdateInstanceInformation", empty(), this::hmac))
                        .thenCompose(unused -> full(http))
                        .thenAccept(unused -> http.end()))
                .thenCompose(unused -> token())
                .thenCompose(this::open)
                .whenComplete((unused, failure) -> {
                    if (failure == null) {
                        counts.connected(System.nanoTime() - began);
                        connected.complete(null);
                    } else {
                        counts.failed(failure);
                        again();
                    }
                });
    }

    private void again() {
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        pause = Math.min(LONGEST_PAUSE, 2 * pause);
        net.later(jittered, () -> processor.execute(this::attempt));
    }

    private CompletableFuture<FleetHttp> api() {
        return dial(server.api());
    }

    private CompletableFuture<FleetHttp> dial(URI port) {
        FleetHttp http = new FleetHttp(() -> engine(port));
        net.dial(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getPort()), from, processor, http);
        return http.ready();
    }

    private SSLEngine engine(URI port) {
        return FleetNet.engine(context, port.getHost(), port.getPort());
    }

    private CompletableFuture<Void> registered(FleetHttp http) {
        if (id != null) {
            return CompletableFuture.completedFuture(null);
        }
        ObjectNode body = JSON.createObjectNode()
                .put("ActivationId", activation.id())
                .put("ActivationCode", activation.code())
                .put("Fingerprint", fingerprint)
                .put(
                        "PublicKey",
                        Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))
                .put("PublicKeyType", "Rsa");
        return call(http, "RegisterManagedInstance", body, view -> List.of())
                .thenAccept(answer -> id = answer.required("InstanceId").asText());
    }

    private CompletableFuture<Void> role(FleetHttp http) {
        if (credentials != null) {
            return CompletableFuture.completedFuture(null);
        }
        ObjectNode body = JSON.createObjectNode().put("Fingerprint", fingerprint);
        return call(
                        http,
                        "RequestManagedInstanceRoleToken",
                        body,
                        view -> SigV4Signer.signRsaPss(view, id, key.getPrivate(), server.region(), Instant.now()))
                .thenAccept(role -> credentials = new SigningCredentials(
                        role.required("AccessKeyId").asText(),
                        role.required("SecretAccessKey").asText(),
                        Optional.of(role.required("SessionToken").asText())));
    }

    private ObjectNode empty() {
        return JSON.createObjectNode()
                .put("AgentName", "amazon-ssm-agent")
                .put("AgentVersion", "3.3.0.0")
                .put("InstanceId", id)
                .put("PlatformType", "Linux");
    }

    private CompletableFuture<JsonNode> full(FleetHttp http) {
        ObjectNode body = empty().put("AgentStatus", "Active")
                .put("AvailabilityZone", "")
                .put("ComputerName", "fleet-" + id)
                .put("IPAddress", from.getHostAddress())
                .put("PlatformName", "Debian GNU/Linux")
                .put("PlatformVersion", "12");
        return call(http, "UpdateInstanceInformation", body, this::hmac);
    }

    private CompletableFuture<String> token() {
        String path = "/v1/control-channel/" + id;
        byte[] body = bytes(JSON.createObjectNode()
                .put("MessageSchemaVersion", "1.0")
                .put("RequestId", UUID.randomUUID().toString()));
        List<Map.Entry<String, String>> headers = new ArrayList<>(List.of(
                Map.entry("Host", server.channel().getAuthority()), Map.entry("Content-Type", "application/json")));
        headers.addAll(SigV4Signer.signHeaders(
                new HttpRequestView("POST", path, "", headers, body),
                credentials,
                server.region(),
                "ssmmessages",
                Instant.now()));
        return dial(server.channel())
                .thenCompose(http -> http.send(request(path, headers, body)).thenApply(answer -> {
                    http.end();
                    Matcher token = TOKEN.matcher(answer.body());
                    if (answer.status() != 201 || !token.find()) {
                        throw new RefusedException(answer);
                    }
                    return token.group(1);
                }));
    }

    private CompletableFuture<Void> open(String token) {
        String path = "/v1/control-channel/" + id;
        String query = "role=subscribe&stream=input";
        String host = server.channel().getAuthority();
        List<Map.Entry<String, String>> signed = SigV4Signer.signHeaders(
                new HttpRequestView("GET", path, query, List.of(Map.entry("Host", host)), new byte[0]),
                credentials,
                server.region(),
                "ssmmessages",
                Instant.now());
        String first = OpenChannel.ofNodeControl(UUID.randomUUID(), token, "3.3.0.0", "linux")
                .toJson();
        FleetSocket socket =
                new FleetSocket(() -> engine(server.channel()), host, path + "?" + query, signed, first, counts::lost);
        net.dial(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.channel().getPort()),
                from,
                processor,
                socket);
        return socket.open().thenAccept(opened -> channel = opened);
    }

    private interface Signer {
        List<Map.Entry<String, String>> sign(HttpRequestView request);
    }

    private List<Map.Entry<String, String>> hmac(HttpRequestView request) {
        return SigV4Signer.signHeaders(request, credentials, server.region(), "ssm", Instant.now());
    }

    private CompletableFuture<JsonNode> call(FleetHttp http, String operation, ObjectNode json, Signer signer) {
        byte[] body = bytes(json);
        List<Map.Entry<String, String>> headers = new ArrayList<>(List.of(
                Map.entry("Host", server.api().getAuthority()),
                Map.entry("Content-Type", "application/x-amz-json-1.1"),
                Map.entry("X-Amz-Target", "AmazonSSM." + operation)));
        CompletableFuture<FleetHttp.Answer> answer = new CompletableFuture<>();
        processor.execute(() -> {
            headers.addAll(signer.sign(new HttpRequestView("POST", "/", "", headers, body)));
            http.send(request("/", headers, body)).whenComplete((came, failure) -> {
                if (failure == null) {
                    answer.complete(came);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        return answer.thenApply(came -> {
            if (came.status() != 200) {
                throw new RefusedException(came);
            }
            return json(came.body());
        });
    }

    private static byte[] request(String path, List<Map.Entry<String, String>> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .array();
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer's JSON, also out of one chunk. */
    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server answered, and not with what was asked for. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(FleetHttp.Answer answer) {
            super(answer.status() + " " + answer.body().strip());
        }
    }
}
