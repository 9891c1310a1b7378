package org.sallyport.protocol.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningVectorsTest {

    static Stream<SigningVector> vectors() {
        return SigningVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void headerFormIsAcceptedAndCanonicalTextIsAsPublished(SigningVector vector) throws Exception {
        assumeThatPathIsNormalised(vector);
        HttpRequestView request = vector.request("header-signed-request.txt");

        Authorization authorization = Authorization.parse(request);

        assertThat(SigV4.canonicalRequest(request, authorization.signedHeaders()))
                .isEqualTo(vector.text("header-canonical-request.txt"));
        assertThat(verifies(vector, request)).isTrue();
        assertThat(authorization.timestamp()).isEqualTo(vector.timestamp());
        assertThat(authorization.presigned()).isFalse();
        assertThat(authorization.sessionToken()).isEqualTo(vector.credentials().sessionToken());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void queryFormIsAccepted(SigningVector vector) throws Exception {
        assumeThatPathIsNormalised(vector);
        assumeFalse(vector.tokenAddedAfterSigning(), "a token outside a presigned query is refused, see below");
        HttpRequestView request = vector.request("query-signed-request.txt");

        Authorization authorization = Authorization.parse(request);

        assertThat(verifies(vector, request)).isTrue();
        assertThat(authorization.expires()).contains(Duration.ofHours(1));
        assertThat(authorization.presigned()).isTrue();
        assertThat(authorization.sessionToken()).isEqualTo(vector.credentials().sessionToken());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void tokenAddedToPresignedQueryAfterSigningIsRefused(SigningVector vector) {
        assumeTrue(vector.tokenAddedAfterSigning(), "only for vectors with such a token");

        assertThat(verifies(vector, vector.request("query-signed-request.txt"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signerMakesThePublishedHeader(SigningVector vector) {
        assumeThatPathIsNormalised(vector);
        HttpRequestView request = vector.request("request.txt");
        HttpRequestView published = vector.request("header-signed-request.txt");
        if (vector.signsBody()) {
            List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
            headers.add(Map.entry(
                    "x-amz-content-sha256",
                    published.values("x-amz-content-sha256").get(0)));
            request = withHeaders(request, headers);
        }

        List<Map.Entry<String, String>> added = SigV4Signer.signHeaders(
                request, signingCredentials(vector), "us-east-1", "service", vector.timestamp());

        assertThat(withHeaders(request, added).values("Authorization")).isEqualTo(published.values("Authorization"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signerMakesThePublishedQuery(SigningVector vector) {
        assumeThatPathIsNormalised(vector);
        assumeFalse(vector.tokenAddedAfterSigning(), "the signer signs the token");

        String query = SigV4Signer.presignQuery(
                vector.request("request.txt"),
                vector.credentials(),
                "us-east-1",
                "service",
                vector.timestamp(),
                Duration.ofHours(1));

        assertThat(query).isEqualTo(vector.request("query-signed-request.txt").rawQuery());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anyChangeIsRefused(SigningVector vector) {
        for (String file : List.of("header-signed-request.txt", "query-signed-request.txt")) {
            HttpRequestView request = vector.request(file);
            byte[] longerBody =
                    (new String(request.body(), StandardCharsets.UTF_8) + "x").getBytes(StandardCharsets.UTF_8);
            List<HttpRequestView> changed = new ArrayList<>();
            changed.add(new HttpRequestView(
                    "PUT", request.rawPath(), request.rawQuery(), request.headers(), request.body()));
            changed.add(new HttpRequestView(
                    request.method(), request.rawPath() + "x", request.rawQuery(), request.headers(), request.body()));
            changed.add(new HttpRequestView(
                    request.method(), request.rawPath(), request.rawQuery() + "&a", request.headers(), request.body()));
            changed.add(new HttpRequestView(
                    request.method(), request.rawPath(), request.rawQuery(), request.headers(), longerBody));
            for (int i = 0; i < request.headers().size(); i++) {
                changed.addAll(eachCharacterOfHeaderChanged(request, i));
            }

            assertThat(changed.stream().filter(other -> verifies(vector, other)))
                    .isEmpty();
        }
    }

    private static List<HttpRequestView> eachCharacterOfHeaderChanged(HttpRequestView request, int index) {
        Map.Entry<String, String> header = request.headers().get(index);
        List<HttpRequestView> changed = new ArrayList<>();
        boolean signedAtAll = !header.getKey().equalsIgnoreCase("X-Amz-Security-Token");
        for (int i = 0; signedAtAll && i < header.getValue().length(); i++) {
            char c = header.getValue().charAt(i);
            if (Character.isWhitespace(c)) {
                continue;
            }
            String value = header.getValue().substring(0, i)
                    + (char) (c ^ 1)
                    + header.getValue().substring(i + 1);
            List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
            headers.set(index, Map.entry(header.getKey(), value));
            changed.add(withHeaders(request, headers));
        }
        return changed;
    }

    /** As a server does it: the secret is looked up by the key that the request names. */
    private static boolean verifies(SigningVector vector, HttpRequestView request) {
        Map<String, String> secrets =
                Map.of(vector.credentials().accessKeyId(), vector.credentials().secretAccessKey());
        try {
            Authorization authorization = Authorization.parse(request);
            String secret = secrets.get(authorization.accessKeyId());
            return secret != null && SigV4Verifier.hmacMatches(request, authorization, secret);
        } catch (SignatureFormatException e) {
            return false;
        }
    }

    private static SigningCredentials signingCredentials(SigningVector vector) {
        SigningCredentials all = vector.credentials();
        return vector.tokenAddedAfterSigning()
                ? new SigningCredentials(all.accessKeyId(), all.secretAccessKey(), Optional.empty())
                : all;
    }

    private static HttpRequestView withHeaders(HttpRequestView request, List<Map.Entry<String, String>> headers) {
        return new HttpRequestView(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    private static void assumeThatPathIsNormalised(SigningVector vector) {
        assumeTrue(vector.normalisesPath(), "the path as S3 signs it; no service here does");
    }
}
