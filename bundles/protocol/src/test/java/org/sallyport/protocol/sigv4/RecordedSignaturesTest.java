package org.sallyport.protocol.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.protocol.Recording;

/** Requests of the real node agent, plugin and AWS CLI. */
class RecordedSignaturesTest {

    static Stream<Recording> recordings() {
        return Recording.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everySignedRequestVerifies(Recording recording) throws Exception {
        Map<String, String> secrets = secrets(recording);
        PublicKey nodeKey = nodeKey(recording);
        int verified = 0;

        for (HttpRequestView request : requests(recording)) {
            if (!Authorization.present(request)) {
                continue;
            }
            Authorization authorization = Authorization.parse(request);
            boolean byNodeKey = authorization.accessKeyId().startsWith("mi-");
            assertThat(matches(request, authorization, secrets, nodeKey))
                    .as("%s %s", request.method(), request.rawPath())
                    .isTrue();
            assertThat(byNodeKey).isEqualTo(isRoleTokenRequest(request));
            verified++;
        }

        assertThat(verified).isPositive();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void changedRequestsAreRefused(Recording recording) throws Exception {
        Map<String, String> secrets = secrets(recording);
        PublicKey nodeKey = nodeKey(recording);

        for (HttpRequestView request : requests(recording)) {
            if (!Authorization.present(request)) {
                continue;
            }
            Authorization authorization = Authorization.parse(request);
            byte[] body =
                    request.body().length == 0 ? new byte[1] : request.body().clone();
            body[body.length / 2] ^= 1;
            HttpRequestView otherBody = new HttpRequestView(
                    request.method(), request.rawPath(), request.rawQuery(), request.headers(), body);
            HttpRequestView otherPath = new HttpRequestView(
                    request.method(), request.rawPath() + "0", request.rawQuery(), request.headers(), request.body());

            assertThat(matches(otherBody, authorization, secrets, nodeKey)).isFalse();
            assertThat(matches(otherPath, authorization, secrets, nodeKey)).isFalse();
            for (String name : authorization.signedHeaders()) {
                assertThat(matches(withLastCharacterChanged(request, name), authorization, secrets, nodeKey))
                        .as(name)
                        .isFalse();
            }
        }
    }

    private static boolean matches(
            HttpRequestView request, Authorization authorization, Map<String, String> secrets, PublicKey nodeKey) {
        return authorization.accessKeyId().startsWith("mi-")
                ? SigV4Verifier.rsaPssMatches(request, authorization, nodeKey)
                : SigV4Verifier.hmacMatches(request, authorization, secrets.get(authorization.accessKeyId()));
    }

    private static HttpRequestView withLastCharacterChanged(HttpRequestView request, String name) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : request.headers()) {
            String value = header.getValue();
            headers.add(
                    header.getKey().equalsIgnoreCase(name)
                            ? Map.entry(
                                    header.getKey(),
                                    value.substring(0, value.length() - 1)
                                            + (char) (value.charAt(value.length() - 1) ^ 1))
                            : header);
        }
        return new HttpRequestView(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    private static boolean isRoleTokenRequest(HttpRequestView request) {
        return request.values("X-Amz-Target").contains("AmazonSSM.RequestManagedInstanceRoleToken");
    }

    private static List<HttpRequestView> requests(Recording recording) {
        List<HttpRequestView> requests = new ArrayList<>();
        for (JsonNode event : recording.events("http")) {
            if (!event.path("dir").asText().equals("in")) {
                continue;
            }
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            event.path("headers")
                    .forEach(header -> headers.add(
                            Map.entry(header.path(0).asText(), header.path(1).asText())));
            String[] target = event.path("target").asText().split("\\?", 2);
            requests.add(new HttpRequestView(
                    event.path("method").asText(),
                    target[0],
                    target.length > 1 ? target[1] : "",
                    headers,
                    Recording.bytes(event)));
        }
        return requests;
    }

    private static Map<String, String> secrets(Recording recording) {
        Map<String, String> secrets = new HashMap<>();
        recording.meta().path("nodeCredentials").forEach(keys -> put(secrets, keys));
        put(secrets, recording.meta().path("clientCredentials"));
        return secrets;
    }

    private static void put(Map<String, String> secrets, JsonNode keys) {
        secrets.put(
                keys.path("accessKeyId").asText(), keys.path("secretAccessKey").asText());
    }

    private static PublicKey nodeKey(Recording recording) throws Exception {
        byte[] der = Base64.getDecoder()
                .decode(recording.meta().path("nodePublicKey").asText());
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }
}
