package org.sallyport.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.protocol.Recording;

class UpgradeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void acceptKeyIsAsInTheStandard() {
        assertThat(Upgrade.acceptKey(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void upgradesOfTheRealProgramsAreValid() {
        int seen = 0;
        for (Recording recording : Recording.all()) {
            for (JsonNode event : recording.events("http")) {
                List<Map.Entry<String, String>> headers = headers(event);
                if (Upgrade.requested(headers) && event.path("dir").asText().equals("in")) {
                    assertThat(Upgrade.fault(event.path("method").asText(), headers))
                            .isEmpty();
                    seen++;
                }
            }
        }

        assertThat(seen).isPositive();
    }

    @Test
    void ownRequestAndAnswerFitTogether() throws Exception {
        String key = Upgrade.newKey();
        String request = new String(
                Upgrade.clientRequest(
                        "sallyport.example:8443",
                        "/v1/data-channel/s-1?role=publish_subscribe",
                        key,
                        List.of(Map.entry("Authorization", "AWS4-HMAC-SHA256 Credential=x"))),
                StandardCharsets.US_ASCII);
        List<Map.Entry<String, String>> headers = headerLines(request);

        byte[] answer = Upgrade.serverAnswer(headers);

        assertThat(request)
                .startsWith("GET /v1/data-channel/s-1?role=publish_subscribe HTTP/1.1\r\n")
                .contains("\r\nAuthorization: AWS4-HMAC-SHA256 Credential=x\r\n")
                .endsWith("\r\n\r\n");
        assertThat(Upgrade.isValid("GET", headers)).isTrue();
        Upgrade.checkAnswer(UpgradeAnswer.read(ByteBuffer.wrap(answer)).orElseThrow(), key);
        assertThatThrownBy(() -> Upgrade.checkAnswer(
                        UpgradeAnswer.read(ByteBuffer.wrap(answer)).orElseThrow(), Upgrade.newKey()))
                .hasMessageContaining("does not belong");
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, h2c",
        "Connection, close",
        "Sec-WebSocket-Version, 8",
        "Sec-WebSocket-Key, c2hvcnQ=",
        "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25jZR=="
    })
    void requestWithAWrongHeaderIsNotValid(String name, String value) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(
                headerLines(new String(Upgrade.clientRequest("h", "/", KEY, List.of()), StandardCharsets.US_ASCII)));
        headers.replaceAll(header -> header.getKey().equals(name) ? Map.entry(name, value) : header);
        List<Map.Entry<String, String>> without =
                headers.stream().filter(header -> !header.getKey().equals(name)).toList();

        assertThat(Upgrade.isValid("GET", headers)).isFalse();
        assertThat(Upgrade.isValid("GET", without)).isFalse();
        assertThat(Upgrade.isValid("POST", headers)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'/a b'", "'/a\r\nX: y'", "a"})
    void requestLineCannotBeBrokenOutOf(String target) {
        assertThatThrownBy(() -> Upgrade.clientRequest("h", target, KEY, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headerLineCannotBeBrokenOutOf() {
        assertThatThrownBy(() -> Upgrade.clientRequest("h", "/", KEY, List.of(Map.entry("A", "b\r\nC: d"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Upgrade.clientRequest("h\r\n", "/", KEY, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answerCutAtEveryByteWaitsForTheRest() throws Exception {
        byte[] bytes = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        for (int cut = 0; cut < bytes.length; cut++) {
            ByteBuffer part = ByteBuffer.wrap(bytes, 0, cut);
            assertThat(UpgradeAnswer.read(part)).isEqualTo(Optional.empty());
            assertThat(part.position()).isZero();
        }
        ByteBuffer whole = ByteBuffer.allocate(bytes.length + 2)
                .put(bytes)
                .put(new byte[2])
                .flip();
        Upgrade.checkAnswer(UpgradeAnswer.read(whole).orElseThrow(), KEY);
        assertThat(whole.remaining()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 403 Forbidden', '', 'answered 403 Forbidden'",
        "'HTTP/1.1 101', 'Upgrade: h2c', 'something else'",
        "'HTTP/1.1 101 X', 'Upgrade: websocket', 'something else'",
    })
    void otherAnswersAreRefusedWithTheReason(String status, String header, String message) throws Exception {
        String text = status + "\r\n" + (header.isEmpty() ? "" : header + "\r\n") + "\r\n";
        UpgradeAnswer answer = UpgradeAnswer.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)))
                .orElseThrow();

        assertThatThrownBy(() -> Upgrade.checkAnswer(answer, KEY))
                .isInstanceOf(WebSocketProtocolException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"'SSH-2.0-x'", "'HTTP/1.1 101 X\r\nbad header'", "'HTTP/1.1 101 X\r\n folded: x'", "''"})
    void answerThatIsNoHttpIsRefused(String head) {
        ByteBuffer in = ByteBuffer.wrap((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> UpgradeAnswer.read(in)).isInstanceOf(WebSocketProtocolException.class);
    }

    @Test
    void answerWithoutEndIsRefusedAtTheLimit() {
        ByteBuffer in = ByteBuffer.allocate(UpgradeAnswer.MAX_BYTES);

        assertThatThrownBy(() -> UpgradeAnswer.read(in)).hasMessageContaining("longer than");
    }

    private static List<Map.Entry<String, String>> headers(JsonNode event) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        event.path("headers")
                .forEach(header -> headers.add(
                        Map.entry(header.path(0).asText(), header.path(1).asText())));
        return headers;
    }

    private static List<Map.Entry<String, String>> headerLines(String request) {
        return request.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .map(parts -> Map.entry(parts[0], parts[1]))
                .toList();
    }
}
