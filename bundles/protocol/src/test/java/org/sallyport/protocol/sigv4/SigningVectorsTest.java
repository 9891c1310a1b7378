package org.sallyport.protocol.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.protocol.Fixtures;

class SigningVectorsTest {

    static Stream<SigningVector> vectors() {
        return SigningVector.all();
    }

    /** The copies are eight of what the public suite has. */
    @Test
    void allVectorsOfTheFolderAreRead() throws IOException {
        try (Stream<Path> folders = Files.list(Fixtures.folder("sigv4-vectors").resolve("v4"))) {
            assertThat(vectors()).hasSize((int) folders.count()).hasSizeGreaterThanOrEqualTo(8);
        }
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

    /** Each byte of method, path, query, headers and body, one after the other, by two bits; and each of them dropped. */
    @ParameterizedTest
    @MethodSource("vectors")
    void anyChangeOfAByteIsRefused(SigningVector vector) throws Exception {
        for (String file : List.of("header-signed-request.txt", "query-signed-request.txt")) {
            HttpRequestView request = vector.request(file);
            List<String> signed = Authorization.parse(request).signedHeaders();
            List<HttpRequestView> changed = new ArrayList<>();
            for (String method : changes(request.method())) {
                changed.add(with(request, method, request.rawPath(), request.rawQuery()));
            }
            for (String path : changes(request.rawPath())) {
                if (!normalised(path).equals(normalised(request.rawPath()))) {
                    changed.add(with(request, request.method(), path, request.rawQuery()));
                }
            }
            for (String query : changes(request.rawQuery())) {
                if (!pairs(query).equals(pairs(request.rawQuery()))) {
                    changed.add(with(request, request.method(), request.rawPath(), query));
                }
            }
            changed.add(with(request, request.method(), request.rawPath(), request.rawQuery() + "&a"));
            for (int i = 0; i < request.headers().size(); i++) {
                changed.addAll(headerChanged(request, i, signed));
            }
            String body = new String(request.body(), StandardCharsets.ISO_8859_1);
            changes(body).forEach(other -> changed.add(withBody(request, other)));
            changed.add(withBody(request, body + "x"));

            int bytes = request.method().length() + body.length();
            assertThat(changed).hasSizeGreaterThan(3 * bytes);
            assertThat(changed).filteredOn(other -> verifies(vector, other)).isEmpty();
        }
    }

    /** Whitespace at the ends, behind a comma, and how much of it there is, is not signed; nor are headers that are not listed. */
    private static List<HttpRequestView> headerChanged(HttpRequestView request, int index, List<String> signed) {
        Map.Entry<String, String> header = request.headers().get(index);
        String name = header.getKey();
        List<HttpRequestView> changed = new ArrayList<>();
        if (!name.equalsIgnoreCase("Authorization") && !signed.contains(name.toLowerCase(Locale.ROOT))) {
            return changed;
        }
        List<Map.Entry<String, String>> others = new ArrayList<>();
        for (String other : changes(name)) {
            if (!other.equalsIgnoreCase(name)) {
                others.add(Map.entry(other, header.getValue()));
            }
        }
        for (String other : changes(header.getValue())) {
            if (!plain(other).equals(plain(header.getValue()))) {
                others.add(Map.entry(name, other));
            }
        }
        for (Map.Entry<String, String> other : others) {
            List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
            headers.set(index, other);
            changed.add(withHeaders(request, headers));
        }
        return changed;
    }

    private static List<String> changes(String text) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            String before = text.substring(0, i);
            String after = text.substring(i + 1);
            changed.add(before + (char) (text.charAt(i) ^ 1) + after);
            changed.add(before + (char) (text.charAt(i) ^ 0x20) + after);
            changed.add(before + after);
        }
        return changed;
    }

    private static String plain(String value) {
        return value.strip().replaceAll("\\s+", " ").replace(", ", ",");
    }

    private static String normalised(String path) {
        String normal = Path.of("/" + path.replace('\0', '?')).normalize().toString();
        return normal.equals("/") || !path.matches("(.*/)?\\.{0,2}") ? normal : normal + "/";
    }

    /** What a query says: its order, the case of its escapes and empty pairs make no difference. */
    private static List<String> pairs(String query) {
        return Stream.of(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .map(pair -> Pattern.compile("%[0-9a-fA-F]{2}").matcher(pair).replaceAll(escape -> escape.group()
                        .toUpperCase(Locale.ROOT)))
                .sorted()
                .toList();
    }

    private static HttpRequestView with(HttpRequestView request, String method, String path, String query) {
        return new HttpRequestView(method, path, query, request.headers(), request.body());
    }

    private static HttpRequestView withBody(HttpRequestView request, String body) {
        return new HttpRequestView(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                request.headers(),
                body.getBytes(StandardCharsets.ISO_8859_1));
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
