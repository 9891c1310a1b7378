package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.transport.ChannelEndpoint.Answer;
import org.sallyport.api.transport.ChannelEndpoint.Upgrade;

class ChannelRequestsTest {
    private static final String BODY = "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\"}";
    private static final String CONTROL = "/v1/control-channel/mi-1";
    private static final String DATA = "/v1/data-channel/alice-0123456789abcdef0";
    private static final Principal ALICE =
            new Principal("123456789012", PrincipalType.USER, "AIDA1", "alice", "arn:aws:iam::1:user/alice");

    private final Bench bench = new Bench();

    ChannelRequestsTest() {
        bench.neighbours.signer = header -> switch (header) {
            case "node" -> Bench.NODE;
            case "alice" -> ALICE;
            default -> throw new SallyportException(AccessError.SIGNATURE_WRONG, "The signature <is> wrong.");
        };
    }

    private static WireRequest request(String method, String path, String query, String signer, String body) {
        List<Map.Entry<String, String>> headers =
                signer == null ? List.of() : List.of(Map.entry("authorization", signer));
        return new WireRequest(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8), "192.0.2.1");
    }

    private Answer post(String path, String signer, String body) {
        return bench.requests.request(request("POST", path, "", signer, body));
    }

    private Upgrade upgrade(String path, String query, String signer) {
        return bench.requests.upgrade(request("GET", path, query, signer, ""));
    }

    @Test
    void aControlChannelsTokenComesAsXmlWithStatus201() {
        Answer answer = post(CONTROL, "node", BODY);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.contentType()).isEqualTo("application/xml");
        assertThat(answer.body())
                .isEqualTo("<CreateControlChannelResponse xmlns=\"http://ssmmessages.amazonaws.com/doc/2017-10-01/\">"
                        + "<MessageSchemaVersion>1.0</MessageSchemaVersion><TokenValue>control-token</TokenValue>"
                        + "</CreateControlChannelResponse>");
    }

    @Test
    void aDataChannelsTokenIsEscaped() {
        Answer answer = post(DATA, "node", BODY);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body())
                .startsWith("<CreateDataChannelResponse ")
                .contains("<TokenValue>token&lt;&amp;&gt;</TokenValue>");
        assertThat(bench.neighbours.told).containsExactly("createDataChannel mi-1 alice-0123456789abcdef0");
    }

    @Test
    void aDenialHoldsTheTextThatAgentsLookFor() {
        bench.neighbours.refusals.put(
                "createControlChannel", new SallyportException(AccessError.ACCESS_DENIED, "not <allowed>"));

        Answer answer = post(CONTROL, "node", BODY);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("<AccessDeniedException><Message>not &lt;allowed&gt;</Message></AccessDeniedException>");
    }

    @Test
    void aSessionThatIsOverIsToldInTheWordsThatStopTheAgent() {
        bench.neighbours.refusals.put(
                "createDataChannel",
                new SallyportException(SessionError.SESSION_OVER, "Session is already terminated"));

        Answer answer = post(DATA, "node", BODY);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Session is already terminated");
    }

    @Test
    void aWrongSignatureIsRefusedBeforeTheBodyIsLookedAt() {
        Answer answer = post(DATA, "mallory", "{ no json");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).startsWith("<InvalidSignatureException>").doesNotContain("<is>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"MessageSchemaVersion\":\"1.0\"}",
                "{\"MessageSchemaVersion\":1,\"RequestId\":\"r\"}",
                "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\",\"RequestId\":\"s\"}",
                "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\"} more"
            })
    void anUnfitBodyIsAValidationError(String body) {
        Answer answer = post(CONTROL, "node", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("<ValidationException>");
    }

    @Test
    void anOversizeBodyIsAValidationError() {
        String body = BODY.replace("\"r\"", "\"" + "r".repeat(ChannelJson.MAX_BYTES) + "\"");

        assertThat(post(CONTROL, "node", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /, 404",
        "POST, /v1/control-channel/, 404",
        "POST, /v1/control-channel/a/b, 404",
        "POST, /v1/data-channel/%2e%2e%2f, 404",
        "POST, /v2/data-channel/a, 404",
        "GET, /v1/data-channel/a, 405",
        "PUT, /v1/control-channel/a, 405"
    })
    void otherPathsAndMethodsAreRefused(String method, String path, int status) {
        assertThat(bench.requests
                        .request(request(method, path, "", "node", BODY))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aNodeOpensItsOwnControlChannelOnly() {
        assertThat(upgrade(CONTROL, "role=subscribe&stream=input", "node").handler())
                .isPresent();
        assertThat(upgrade("/v1/control-channel/mi-2", "", "node").refusal())
                .hasValueSatisfying(a -> assertThat(a.body()).startsWith("<AccessDeniedException>"));
        assertThat(upgrade(CONTROL, "", "alice").refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(403));
        assertThat(upgrade(CONTROL, "", null).handler()).isEmpty();
    }

    @Test
    void anUnsignedDataChannelIsAcceptedWhateverItsSession() {
        Upgrade upgrade = upgrade("/v1/data-channel/nobody-knows-it", "role=publish_subscribe", null);

        assertThat(upgrade.handler()).isPresent();
    }

    @Test
    void aSignedClientIsAcceptedAndItsSignatureIsVerified() {
        assertThat(upgrade(DATA, "", "alice").handler()).isPresent();
        assertThat(upgrade(DATA, "", "mallory").refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(403));
        assertThat(upgrade(DATA, "X-Amz-Signature=abc", null).handler()).isEmpty();
    }

    @Test
    void aNodesDataChannelIsNotAcceptedUnlessItMayAttach() {
        assertThat(upgrade(DATA, "", "node").handler()).isPresent();
        bench.neighbours.refusals.put(
                "admitNode", new SallyportException(SessionError.SESSION_OVER, "Session is already terminated"));

        Upgrade upgrade = upgrade(DATA, "", "node");

        assertThat(upgrade.handler()).isEmpty();
        assertThat(upgrade.refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(400));
    }

    @Test
    void aServiceThatIsAwayIsToldAsUnavailableToNodesAndNotToClients() {
        bench.neighbours.away = true;

        assertThat(post(DATA, "node", BODY).status()).isEqualTo(503);
        assertThat(upgrade(DATA, "", "node").refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(503));
        assertThat(upgrade(DATA, "", null).handler()).isPresent();
    }

    @Test
    void aBrowserOpensADataChannelFromTheConsolesPagesOnly() {
        assertThat(fromOrigins("https://console.example:8443").handler()).isPresent();
        for (String other : List.of(
                "https://evil.example",
                "http://console.example:8443",
                "https://console.example",
                "https://console.example:8443.evil.example",
                "null",
                "")) {
            assertThat(fromOrigins(other).refusal()).as(other).hasValueSatisfying(a -> assertThat(a.status())
                    .isEqualTo(403));
        }
        assertThat(fromOrigins("https://console.example:8443", "https://evil.example")
                        .handler())
                .isEmpty();
    }

    @Test
    void aBrowserWaitsWhileNobodyKnowsWhereTheConsoleIs() {
        bench.neighbours.away = true;

        assertThat(fromOrigins("https://console.example:8443").refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(503));
    }

    private Upgrade fromOrigins(String... origins) {
        List<Map.Entry<String, String>> headers = Arrays.stream(origins)
                .map(origin -> Map.entry("origin", origin))
                .toList();
        return bench.requests.upgrade(new WireRequest("GET", DATA, "", headers, new byte[0], "192.0.2.1"));
    }

    @Test
    void aDefectIsNotToldInDetail() {
        bench.neighbours.signer = header -> {
            throw new IllegalStateException("secret detail");
        };

        Answer answer = post(DATA, "node", BODY);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
        assertThat(upgrade(DATA, "", "node").refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(500));
    }

    @Test
    void connectionsWithoutTokenAreBounded() {
        for (int i = 0; i < DataChannels.MAX_OPENING; i++) {
            bench.upgraded(Optional.empty());
        }
        assertThat(upgrade(DATA, "", null).refusal())
                .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(503));

        bench.time.advance(DataChannel.OPEN_LIMIT_MILLIS);

        assertThat(upgrade(DATA, "", null).handler()).isPresent();
    }

    @Test
    void charactersThatXmlDoesNotKnowAreReplaced() {
        assertThat(XmlAnswers.escape("a\u0000\u001b[1m\ud800\t\"'é😀\uffff")).isEqualTo("a??[1m?\t&quot;&apos;é😀?");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/control-channel/mi-1, CreateControlChannel",
        "POST, /v1/data-channel/alice-0123456789abcdef0, CreateDataChannel",
        "POST, /elsewhere, UnknownOperation",
        "PUT, /v1/control-channel/mi-1, CreateControlChannel",
    })
    void eachRefusedRequestIsToldToTheTrail(String method, String path, String name) {
        for (String signer : Arrays.asList(null, "mallory")) {
            bench.neighbours.trail.lines.clear();
            bench.requests.request(request(method, path, "", signer, BODY));

            assertThat(bench.neighbours.trail.lines).singleElement().asString().startsWith(name + " ? ");
            assertThat(bench.neighbours.trail.lines.get(0)).doesNotEndWith("done");
        }
    }

    @Test
    void eachRefusedUpgradeIsToldToTheTrail() {
        upgrade(CONTROL, "", null);
        upgrade("/v1/control-channel/mi-2", "", "node");
        upgrade(DATA, "", "mallory");
        upgrade("/elsewhere", "", null);

        assertThat(bench.neighbours.trail.lines)
                .hasSize(4)
                .allMatch(line -> !line.endsWith("done"))
                .element(1)
                .isEqualTo("OpenControlChannel mi-1 AccessDeniedException");
    }

    @Test
    void aTokenIsGivenOnlyWithItsRecord() {
        assertThat(post(CONTROL, "node", BODY).status()).isEqualTo(201);
        assertThat(bench.neighbours.trail.lines).containsExactly("CreateControlChannel mi-1 done");

        bench.neighbours.trail.full = true;

        assertThat(post(CONTROL, "node", BODY).status()).isEqualTo(503);
        assertThat(upgrade(CONTROL, "role=subscribe&stream=input", "node").handler())
                .isPresent();
    }
}
