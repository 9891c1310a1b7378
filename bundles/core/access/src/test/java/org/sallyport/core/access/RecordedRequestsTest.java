package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

/** Requests that amazon-ssm-agent and the AWS CLI really signed, with the credentials that they had. */
@Tag("store")
class RecordedRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private List<JsonNode> requests;
    private JsonNode meta;
    private SignatureVerifier verifier;

    @BeforeEach
    void load() throws IOException, GeneralSecurityException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                RecordedRequestsTest.class.getResourceAsStream("/recorded-requests.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        meta = lines.get(0);
        requests = lines.subList(1, lines.size());
        AesSecrets secrets = new AesSecrets();
        insertKeys(new KeyEnvelopes(secrets));
        verifier = new SignatureVerifier(
                store,
                secrets,
                new Principals("123456789012", meta.get("region").asText()),
                clock);
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getDecoder().decode(meta.get("nodePublicKey").asText())));
        String node = meta.get("node").asText();
        verifier.nodeKeys = new KnownNodes(Map.of(node, key));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> acceptsWhatWasSigned() {
        return requests.stream()
                .map(recorded -> DynamicTest.dynamicTest(name(recorded), () -> {
                    clock.set(Instant.ofEpochMilli(recorded.get("at").asLong()));

                    VerifiedCaller caller = verifier.verify(
                            request(recorded), recorded.get("service").asText());

                    assertThat(caller.accessKeyId())
                            .isIn(
                                    meta.get("node").asText(),
                                    meta.at("/nodeCredentials/0/accessKeyId").asText(),
                                    meta.at("/clientCredentials/accessKeyId").asText());
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesEachWithOneByteOfTheBodyChanged() {
        return requests.stream()
                .filter(recorded -> !recorded.get("b64").asText().isEmpty())
                .map(recorded -> DynamicTest.dynamicTest(name(recorded), () -> {
                    clock.set(Instant.ofEpochMilli(recorded.get("at").asLong()));
                    WireRequest request = request(recorded);
                    request.body()[request.body().length / 2] ^= 1;

                    assertThatThrownBy(() -> verifier.verify(
                                    request, recorded.get("service").asText()))
                            .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                                    .isEqualTo(AccessError.SIGNATURE_WRONG));
                }));
    }

    @Test
    void tellsThreeKindsOfCallersApart() {
        List<PrincipalType> types = requests.stream()
                .map(recorded -> {
                    clock.set(Instant.ofEpochMilli(recorded.get("at").asLong()));
                    return verifier.verify(
                                    request(recorded), recorded.get("service").asText())
                            .principal()
                            .type();
                })
                .distinct()
                .toList();

        assertThat(types).containsExactlyInAnyOrder(PrincipalType.NODE_KEY, PrincipalType.NODE, PrincipalType.USER);
    }

    private void insertKeys(KeyEnvelopes envelopes) {
        JsonNode node = meta.at("/nodeCredentials/0");
        JsonNode client = meta.get("clientCredentials");
        store.run(connection -> {
            User user = new User("AIDARECORDED", "recorded", "/");
            AccessTables.insertUser(connection, user, Instant.EPOCH);
            AccessKey key = new AccessKey(
                    client.get("accessKeyId").asText(),
                    client.get("secretAccessKey").asText());
            KeyTables.insert(connection, envelopes.seal(key, user), Instant.EPOCH);
            TemporaryCredentials temporary = new TemporaryCredentials(
                    node.get("accessKeyId").asText(),
                    node.get("secretAccessKey").asText(),
                    node.get("sessionToken").asText(),
                    Instant.ofEpochSecond(node.get("expires").asLong()));
            KeyTables.insert(
                    connection,
                    envelopes.seal(
                            temporary,
                            AccessTables.role(connection, "SSMServiceRole").orElseThrow(),
                            meta.get("node").asText(),
                            Instant.EPOCH));
            return null;
        });
    }

    private static String name(JsonNode recorded) {
        return recorded.get("method").asText() + " " + recorded.get("target").asText() + " for "
                + recorded.get("service").asText() + " at " + recorded.get("at").asText();
    }

    private static WireRequest request(JsonNode recorded) {
        String target = recorded.get("target").asText();
        int question = target.indexOf('?');
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        recorded.get("headers")
                .forEach(header -> headers.add(
                        Map.entry(header.get(0).asText(), header.get(1).asText())));
        return new WireRequest(
                recorded.get("method").asText(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers,
                Base64.getDecoder().decode(recorded.get("b64").asText()),
                "127.0.0.1");
    }
}
