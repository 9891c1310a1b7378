package org.sallyport.protocol.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SigningCredentials KEYS =
            new SigningCredentials("AKIDEXAMPLE", "secret", Optional.of("tok+en/="));
    private static final HttpRequestView REQUEST = new HttpRequestView(
            "POST",
            "/v1/data-channel/a%20b",
            "role=publish_subscribe",
            List.of(
                    Map.entry("Host", "sallyport.example:8443"),
                    Map.entry("X-Amz-Target", "AmazonSSM.StartSession"),
                    Map.entry("User-Agent", "test")),
            new byte[] {1, 2, 3});

    @Test
    void signedRequestVerifiesAndShowsItsFields() throws Exception {
        HttpRequestView signed = signed(REQUEST);

        Authorization authorization = Authorization.parse(signed);

        assertThat(SigV4Verifier.hmacMatches(signed, authorization, "secret")).isTrue();
        assertThat(SigV4Verifier.hmacMatches(signed, authorization, "Secret")).isFalse();
        assertThat(authorization.service()).isEqualTo("ssm");
        assertThat(authorization.region()).isEqualTo("onprem-1");
        assertThat(authorization.sessionToken()).contains("tok+en/=");
        assertThat(authorization.timestamp()).isEqualTo(NOW);
        assertThat(authorization.signedHeaders())
                .containsExactly("host", "x-amz-date", "x-amz-security-token", "x-amz-target");
    }

    @Test
    void nodeKeySignatureVerifiesWithThatKeyOnly() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair node = generator.generateKeyPair();
        KeyPair other = generator.generateKeyPair();
        KeyPair elliptic = KeyPairGenerator.getInstance("EC").generateKeyPair();

        HttpRequestView signed =
                with(REQUEST, SigV4Signer.signRsaPss(REQUEST, "mi-0123", node.getPrivate(), "onprem-1", NOW));

        Authorization authorization = Authorization.parse(signed);
        assertThat(authorization.accessKeyId()).isEqualTo("mi-0123");
        assertThat(SigV4Verifier.rsaPssMatches(signed, authorization, node.getPublic()))
                .isTrue();
        assertThat(SigV4Verifier.rsaPssMatches(signed, authorization, other.getPublic()))
                .isFalse();
        assertThat(SigV4Verifier.rsaPssMatches(signed, authorization, elliptic.getPublic()))
                .isFalse();
        assertThat(SigV4Verifier.hmacMatches(signed, authorization, "")).isFalse();
    }

    @Test
    void unsignedRequestHasNoAuthorization() {
        assertThat(Authorization.present(REQUEST)).isFalse();
        assertThatThrownBy(() -> Authorization.parse(REQUEST)).isInstanceOf(SignatureFormatException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS4-HMAC-SHA256|AWS4-HMAC-SHA512|algorithm",
                "aws4_request|aws4|credential must be",
                "20260301|20260302|different days",
                "SignedHeaders=host;|SignedHeaders=|header host must be signed",
                ";x-amz-target|''|header x-amz-target must be signed",
                "x-amz-date;|''|header x-amz-date must be signed",
                "host;|host;host;|named twice",
                "host;|Host;|name of a signed header",
                "Signature=|Signature=!|signature is not",
                "Signature=|Credential=|stands twice",
                "Signature=|Sig=|Signature is missing",
                "Signature=|a, Signature=|no equals sign",
                "AKIDEXAMPLE/|AKID EXAMPLE/|access key id",
                "onprem-1|on prem|region",
            })
    void headerThatIsNotWellFormedIsRefusedByName(String from, String to, String message) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : signed(REQUEST).headers()) {
            boolean authorization = header.getKey().equals("Authorization");
            headers.add(Map.entry(
                    header.getKey(), authorization ? header.getValue().replaceFirst(from, to) : header.getValue()));
        }
        HttpRequestView changed = withOnly(REQUEST, headers);

        assertThatThrownBy(() -> Authorization.parse(changed))
                .isInstanceOf(SignatureFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void doubledOrMixedSignaturesAreRefused() {
        HttpRequestView once = signed(REQUEST);
        HttpRequestView twice = signed(once);
        String query = SigV4Signer.presignQuery(REQUEST, KEYS, "onprem-1", "ssm", NOW, Duration.ofMinutes(1));
        HttpRequestView mixed = new HttpRequestView(once.method(), once.rawPath(), query, once.headers(), once.body());

        assertThatThrownBy(() -> Authorization.parse(twice)).hasMessageContaining("more than one Authorization");
        assertThatThrownBy(() -> Authorization.parse(mixed)).hasMessageContaining("signed twice");
    }

    @ParameterizedTest
    @CsvSource({"0", "604801", "1e3", "-1", "99999999999"})
    void presignedRequestMustExpireWithinSevenDays(String seconds) {
        String query = SigV4Signer.presignQuery(REQUEST, KEYS, "onprem-1", "ssm", NOW, Duration.ofSeconds(60))
                .replace("X-Amz-Expires=60", "X-Amz-Expires=" + seconds);
        HttpRequestView request =
                new HttpRequestView("POST", REQUEST.rawPath(), query, REQUEST.headers(), REQUEST.body());

        assertThatThrownBy(() -> Authorization.parse(request)).hasMessageContaining("X-Amz-Expires");
    }

    @Test
    void mutatedSignatureFieldsNeverThrowAnythingElse() {
        Random random = new Random(4711);
        HttpRequestView signed = signed(REQUEST);
        String query = SigV4Signer.presignQuery(REQUEST, KEYS, "onprem-1", "ssm", NOW, Duration.ofMinutes(1));
        int accepted = 0;

        for (int round = 0; round < 5_000; round++) {
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            signed.headers().forEach(h -> headers.add(Map.entry(h.getKey(), mutate(h.getValue(), random))));
            boolean presigned = random.nextBoolean();
            HttpRequestView hostile = new HttpRequestView(
                    "POST",
                    mutate(REQUEST.rawPath(), random),
                    presigned ? mutate(query, random) : mutate(REQUEST.rawQuery(), random),
                    presigned ? REQUEST.headers() : headers,
                    new byte[0]);
            try {
                accepted += SigV4Verifier.hmacMatches(hostile, Authorization.parse(hostile), "secret") ? 1 : 0;
            } catch (SignatureFormatException e) {
                assertThat(e).hasMessageNotContaining("tok+en");
            }
        }

        assertThat(accepted).isZero();
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0 && mutated.length() > 1; i--) {
            int at = random.nextInt(mutated.length() - 1);
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, (char) random.nextInt(0x10000));
                case 1 -> mutated.delete(at, at + 1 + random.nextInt(mutated.length() - at));
                case 2 -> mutated.insert(at, mutated.substring(at));
                default -> mutated.insert(at, "%/;,=& ".charAt(random.nextInt(7)));
            }
        }
        return mutated.toString();
    }

    private static HttpRequestView signed(HttpRequestView request) {
        return with(request, SigV4Signer.signHeaders(request, KEYS, "onprem-1", "ssm", NOW));
    }

    private static HttpRequestView with(HttpRequestView request, List<Map.Entry<String, String>> added) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        headers.addAll(added);
        return withOnly(request, headers);
    }

    private static HttpRequestView withOnly(HttpRequestView request, List<Map.Entry<String, String>> headers) {
        return new HttpRequestView(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }
}
