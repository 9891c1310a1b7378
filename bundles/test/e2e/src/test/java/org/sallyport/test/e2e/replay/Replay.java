package org.sallyport.test.e2e.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.e2e.replay.Recording.Event;

/**
 * Says to a server what the recorded programs said, in their order, with their headers and bodies, and holds its answers against the recorded ones.
 * Only what cannot be said twice is replaced: ids and tokens that the server gives, dates, and signatures, made over the headers that the
 * program signed. One thread.
 */
public final class Replay implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> RENEWED =
            Set.of("authorization", "x-amz-date", "x-amz-security-token", "host", "content-length");
    private static final Set<String> OF_THE_SERVER = Set.of("start_publication", "pause_publication", "channel_closed");

    /** The server and who asks it. */
    public record Server(
            URI api, URI channel, String region, SSLContext trust, KeyPair nodeKey, SigningCredentials client) {}

    private final Server server;
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private final Shapes shapes = new Shapes(replaced);
    private final Map<Integer, Wire> wires = new HashMap<>();
    private Optional<SigningCredentials> node = Optional.empty();

    public Replay(Server server) {
        this.server = server;
    }

    /** Says another value instead of a recorded one from now on. */
    public void replace(String recorded, String here) {
        replaced.put(recorded, here);
    }

    /** What is said here for a recorded value. */
    public String here(String recorded) {
        return replaced.getOrDefault(recorded, recorded);
    }

    /** Says all of it, and asserts that all of it is answered. */
    public void run(Recording recording) throws Exception {
        wires.clear();
        for (Event event : recording.events()) {
            switch (event.kind()) {
                case "http" -> http(event);
                case "ws-text" -> wire(event).text(renewed(event.text()));
                case "ws-ping" -> {
                    if (event.sent()) {
                        wire(event).ping(event.body());
                    }
                }
                case "ws-pong" -> {
                    if (!event.sent()) {
                        wire(event).awaitPong(event.text());
                    }
                }
                case "ws-binary" -> message(event);
                case "close" -> closed(event);
                default -> assertThat(event.kind()).isIn("open", "note");
            }
        }
        for (int connection : wires.keySet()) {
            assertNothingElseCame(recording, connection);
        }
        close();
    }

    private void http(Event event) throws IOException {
        if (event.sent()) {
            boolean channel = event.line().path("target").asText().startsWith("/v1/");
            URI port = channel ? server.channel() : server.api();
            if (!wires.containsKey(event.connection())) {
                wires.put(event.connection(), new Wire(server.trust(), port.getHost(), port.getPort()));
            }
            wire(event).send(ByteBuffer.wrap(request(event, port.getAuthority())));
            return;
        }
        Wire.Answer answer = wire(event).answer();
        shapes.http(event, answer);
        if (answer.status() == 101) {
            wire(event).readFrames();
        } else if (answer.body().contains("\"SecretAccessKey\"")) {
            JsonNode role = JSON.readTree(answer.body());
            node = Optional.of(new SigningCredentials(
                    role.required("AccessKeyId").asText(),
                    role.required("SecretAccessKey").asText(),
                    Optional.of(role.required("SessionToken").asText())));
        }
    }

    private byte[] request(Event event, String authority) throws IOException {
        byte[] body = renewed(event.text()).getBytes(StandardCharsets.UTF_8);
        String target = renewed(event.line().path("target").asText());
        String method = event.line().path("method").asText();
        Map<String, String> fresh = new HashMap<>();
        fresh.put("host", authority);
        fresh.put("content-length", Integer.toString(body.length));
        signature(event, method, target, authority, body)
                .forEach(header -> fresh.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        for (Map.Entry<String, String> header : event.headers()) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            String value = RENEWED.contains(name) ? fresh.get(name) : header.getValue();
            if (name.equals("x-amz-content-sha256")) {
                continue; // stands for another body
            }
            head.append(header.getKey()).append(": ").append(value).append("\r\n");
        }
        head.append("\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (event.header("Transfer-Encoding").equals("chunked")) {
            String chunk = Integer.toHexString(body.length) + "\r\n" + new String(body, StandardCharsets.ISO_8859_1)
                    + "\r\n0\r\n\r\n";
            body = chunk.getBytes(StandardCharsets.ISO_8859_1);
        }
        return ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .array();
    }

    private List<Map.Entry<String, String>> signature(
            Event event, String method, String target, String authority, byte[] body) {
        String recorded = event.header("Authorization");
        if (recorded.isEmpty()) {
            return List.of();
        }
        String[] scope = recorded.replaceAll(".*Credential=([^,]+),.*", "$1").split("/");
        Set<String> signed =
                Set.of(recorded.replaceAll(".*SignedHeaders=([^,]+),.*", "$1").split(";"));
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String name : signed) {
            if (!Set.of("x-amz-date", "x-amz-security-token").contains(name)) {
                headers.add(Map.entry(
                        name,
                        switch (name) {
                            case "host" -> authority;
                            case "content-length" -> Integer.toString(body.length);
                            default -> event.header(name);
                        }));
            }
        }
        String[] place = target.split("\\?", 2);
        HttpRequestView view = new HttpRequestView(method, place[0], place.length > 1 ? place[1] : "", headers, body);
        List<Map.Entry<String, String>> made;
        if (scope[0].startsWith("mi-")) {
            made = SigV4Signer.signRsaPss(
                    view, renewed(scope[0]), server.nodeKey().getPrivate(), server.region(), Instant.now());
        } else {
            SigningCredentials who = event.byNode() ? node.orElseThrow() : server.client();
            made = SigV4Signer.signHeaders(view, who, server.region(), scope[3], Instant.now());
        }
        assertThat(made.get(made.size() - 1).getValue())
                .as("what the program signed is signed here")
                .contains("SignedHeaders=" + signed.stream().sorted().collect(Collectors.joining(";")));
        return made;
    }

    private void message(Event event) throws IOException, MalformedMessageException {
        AgentMessage recorded = AgentMessage.decode(ByteBuffer.wrap(event.body()), true);
        if (event.sent()) {
            wire(event).binary(renewed(recorded).encode());
            return;
        }
        String where = "line " + event.number() + ", " + recorded.type();
        switch (recorded.type()) {
            case "interactive_shell", "agent_task_acknowledge", "channel_closed" -> {
                AgentMessage came = wire(event).await(where, one -> one.type().equals(recorded.type()));
                shapes.json(where, JSON.readTree(recorded.text()), JSON.readTree(came.text()));
                assertThat(came.payloadType()).isEqualTo(recorded.payloadType());
            }
            case "start_publication", "pause_publication" ->
                wire(event).await(where, one -> one.type().equals(recorded.type()));
            default -> wire(event).await(where, one -> same(one, recorded));
        }
    }

    /** A relay changes nothing. */
    private static boolean same(AgentMessage one, AgentMessage other) {
        return java.util.Arrays.equals(one.encode(), other.encode());
    }

    private void closed(Event event) throws IOException {
        Wire wire = wires.get(event.connection());
        if (wire != null && event.sent()) {
            wire.close();
        }
    }

    /** Data in the recorded order, and nothing that was not recorded, but for what a server says of itself. */
    private void assertNothingElseCame(Recording recording, int connection) throws MalformedMessageException {
        Set<String> recorded = new LinkedHashSet<>();
        for (Event event : recording.events()) {
            if (event.connection() == connection
                    && !event.sent()
                    && event.kind().equals("ws-binary")) {
                AgentMessage message = AgentMessage.decode(ByteBuffer.wrap(event.body()), true);
                if (message.type().endsWith("_stream_data") || message.type().equals("acknowledge")) {
                    recorded.add(Base64.getEncoder().encodeToString(message.encode()));
                }
            }
        }
        List<AgentMessage> came = wires.get(connection).received();
        assertThat(data(came).distinct().toList())
                .as("data on connection " + connection)
                .isEqualTo(recorded.stream()
                        .map(Replay::decoded)
                        .filter(message -> message.type().endsWith("_stream_data"))
                        .map(message -> message.type() + " " + message.sequenceNumber())
                        .toList());
        Set<String> others = new HashSet<>();
        came.stream()
                .filter(message -> message.type().equals("acknowledge"))
                .map(message -> Base64.getEncoder().encodeToString(message.encode()))
                .filter(message -> !recorded.contains(message))
                .forEach(others::add);
        assertThat(others).as("acknowledgements that nobody sent").isEmpty();
        assertThat(came)
                .extracting(AgentMessage::type)
                .allMatch(type -> type.endsWith("_stream_data")
                        || OF_THE_SERVER.contains(type)
                        || Set.of("acknowledge", "interactive_shell", "agent_task_acknowledge")
                                .contains(type));
    }

    private static Stream<String> data(List<AgentMessage> messages) {
        return messages.stream()
                .filter(message -> message.type().endsWith("_stream_data"))
                .map(message -> message.type() + " " + message.sequenceNumber());
    }

    private static AgentMessage decoded(String encoded) {
        try {
            return AgentMessage.decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), true);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private AgentMessage renewed(AgentMessage message) {
        String text = message.text();
        String fresh = message.type().startsWith("agent_") ? renewed(text) : text;
        return fresh.equals(text)
                ? message
                : new AgentMessage(
                        message.type(),
                        message.schemaVersion(),
                        message.createdMillis(),
                        message.sequenceNumber(),
                        message.flags(),
                        message.messageId(),
                        message.payloadType(),
                        fresh.getBytes(StandardCharsets.UTF_8));
    }

    private String renewed(String text) {
        String renewed = text;
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            renewed = renewed.replace(one.getKey(), one.getValue());
        }
        return renewed;
    }

    private Wire wire(Event event) {
        Wire wire = wires.get(event.connection());
        assertThat(wire).as("the connection of line " + event.number()).isNotNull();
        return wire;
    }

    @Override
    public void close() throws IOException {
        for (Wire wire : wires.values()) {
            wire.close();
        }
    }
}
