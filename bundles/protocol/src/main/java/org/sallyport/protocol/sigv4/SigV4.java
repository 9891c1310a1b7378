package org.sallyport.protocol.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The steps that signing and checking share. */
final class SigV4 {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String TERMINATOR = "aws4_request";
    static final String DATE_HEADER = "X-Amz-Date";
    static final String TOKEN_HEADER = "X-Amz-Security-Token";
    static final String AUTHORIZATION_HEADER = "Authorization";
    static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
    static final String QUERY_CREDENTIAL = "X-Amz-Credential";
    static final String QUERY_SIGNED_HEADERS = "X-Amz-SignedHeaders";
    static final String QUERY_EXPIRES = "X-Amz-Expires";
    static final String QUERY_SIGNATURE = "X-Amz-Signature";

    static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private SigV4() {}

    static String canonicalRequest(HttpRequestView request, List<String> signedHeaders) {
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + canonicalValue(request.values(name)) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                UriText.canonicalPath(request.rawPath()),
                QueryText.canonical(request.rawQuery()),
                headers,
                String.join(";", signedHeaders),
                hex(sha256(request.body())));
    }

    static String stringToSign(String timestamp, String scope, String canonicalRequest) {
        byte[] digest = sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8));
        return String.join("\n", ALGORITHM, timestamp, scope, hex(digest));
    }

    static String scope(String date, String region, String service) {
        return String.join("/", date, region, service, TERMINATOR);
    }

    /** @param scope date, region, service and terminator, between slashes */
    static String hmacSignature(String secret, String scope, String stringToSign) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return hex(hmac(key, stringToSign));
    }

    private static String canonicalValue(List<String> values) {
        return values.stream()
                .map(value -> value.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining(","));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
