package org.sallyport.test.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;

/** A node whose requests a test makes itself, to make them wrong. One thread. */
final class RawNode {
    static final ObjectMapper JSON = new ObjectMapper();

    /** An answer. @param error the short name of an AWS error, empty without one */
    record Answer(int status, String error, JsonNode body, String text) {}

    private final LiveSystem live;
    private final HttpClient http;
    private final KeyPair key = newKey(2048);
    private String fingerprint = UUID.randomUUID().toString();
    private String id = "";

    RawNode(LiveSystem live) throws IOException {
        this.live = live;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(CaTrust.fromBundle(Path.of(live.get("ca"))).sslContext())
                .build();
    }

    /** One that is registered. */
    static RawNode registered(LiveSystem live) throws Exception {
        RawNode node = new RawNode(live);
        try (SsmClient ssm = Clients.ssm(live)) {
            CreateActivationResponse made = ssm.createActivation(request -> request.iamRole("SSMServiceRole"));
            node.id = node.register(made.activationId(), made.activationCode())
                    .body()
                    .required("InstanceId")
                    .asText();
        }
        return node;
    }

    String id() {
        return id;
    }

    PrivateKey key() {
        return key.getPrivate();
    }

    String fingerprint() {
        return fingerprint;
    }

    /** Another machine from now on. */
    void clonedTo(String otherFingerprint) {
        fingerprint = otherFingerprint;
    }

    static KeyPair newKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer register(String activationId, String code) throws Exception {
        return register(activationId, code, key, fingerprint);
    }

    Answer register(String activationId, String code, KeyPair withKey, String withFingerprint) throws Exception {
        return ssm(
                "RegisterManagedInstance",
                JSON.createObjectNode()
                        .put("ActivationId", activationId)
                        .put("ActivationCode", code)
                        .put("Fingerprint", withFingerprint)
                        .put(
                                "PublicKey",
                                Base64.getEncoder()
                                        .encodeToString(withKey.getPublic().getEncoded()))
                        .put("PublicKeyType", "Rsa"),
                view -> List.of());
    }

    /** How a request is signed. */
    interface Signer {
        List<Map.Entry<String, String>> sign(HttpRequestView request) throws Exception;
    }

    Signer byKey(String nodeId, PrivateKey with, Instant when) {
        return view -> SigV4Signer.signRsaPss(view, nodeId, with, live.get("region"), when);
    }

    Signer by(SigningCredentials credentials, String service) {
        return view -> SigV4Signer.signHeaders(view, credentials, live.get("region"), service, Instant.now());
    }

    Answer roleToken() throws Exception {
        return roleToken(byKey(id, key(), Instant.now()));
    }

    Answer roleToken(Signer signer) throws Exception {
        return ssm("RequestManagedInstanceRoleToken", JSON.createObjectNode().put("Fingerprint", fingerprint), signer);
    }

    SigningCredentials credentials() throws Exception {
        JsonNode role = roleToken().body();
        return new SigningCredentials(
                role.required("AccessKeyId").asText(),
                role.required("SecretAccessKey").asText(),
                Optional.of(role.required("SessionToken").asText()));
    }

    Answer ssm(String operation, ObjectNode body, Signer signer) throws Exception {
        return post(
                URI.create(live.api() + "/"),
                List.of(
                        Map.entry("Content-Type", "application/x-amz-json-1.1"),
                        Map.entry("X-Amz-Target", "AmazonSSM." + operation)),
                JSON.writeValueAsBytes(body),
                signer);
    }

    /** CreateControlChannel or CreateDataChannel. */
    Answer channel(String path, SigningCredentials credentials) throws Exception {
        ObjectNode body = JSON.createObjectNode()
                .put("MessageSchemaVersion", "1.0")
                .put("RequestId", UUID.randomUUID().toString());
        return post(
                URI.create("https://" + live.channel().getAuthority() + path),
                List.of(Map.entry("Content-Type", "application/json")),
                JSON.writeValueAsBytes(body),
                by(credentials, "ssmmessages"));
    }

    Answer post(URI address, List<Map.Entry<String, String>> headers, byte[] body, Signer signer) throws Exception {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        List<Map.Entry<String, String>> seen = new ArrayList<>(headers);
        seen.add(Map.entry("Host", address.getAuthority()));
        all.addAll(signer.sign(new HttpRequestView("POST", address.getRawPath(), "", seen, body)));
        return send(address, all, body);
    }

    Answer send(URI address, List<Map.Entry<String, String>> headers, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean json = response.body().startsWith("{");
        JsonNode parsed = json ? JSON.readTree(response.body()) : JSON.createObjectNode();
        String error = json
                ? parsed.path("__type").asText().replaceAll(".*#", "")
                : response.body().replaceAll("(?s).*<(?:Code>)?([A-Za-z]+Exception)>?.*", "$1");
        return new Answer(response.statusCode(), response.statusCode() < 300 ? "" : error, parsed, response.body());
    }
}
