package org.sallyport.protocol.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Signs requests. All headers of the request are signed but those that a proxy or the HTTP library may change on the way (for
 * instance {@code user-agent}, {@code connection}, the web-socket's own).
 */
public final class SigV4Signer {
    private static final Set<String> UNSIGNED = Set.of(
            "authorization",
            "accept-encoding",
            "connection",
            "expect",
            "sec-websocket-extensions",
            "sec-websocket-key",
            "sec-websocket-protocol",
            "sec-websocket-version",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-amzn-trace-id");

    private SigV4Signer() {}

    /**
     * Signs in header form.
     *
     * @param request with {@code host} among its headers, without the headers that this method returns
     * @return headers to add: {@code X-Amz-Date}, {@code X-Amz-Security-Token} for temporary credentials, {@code Authorization}
     */
    public static List<Map.Entry<String, String>> signHeaders(
            HttpRequestView request, SigningCredentials credentials, String region, String service, Instant now) {
        List<Map.Entry<String, String>> added = new ArrayList<>();
        added.add(Map.entry(SigV4.DATE_HEADER, SigV4.TIMESTAMP.format(now)));
        credentials.sessionToken().ifPresent(token -> added.add(Map.entry(SigV4.TOKEN_HEADER, token)));
        String scope = SigV4.scope(date(now), region, service);
        return authorize(
                request,
                added,
                credentials.accessKeyId(),
                scope,
                now,
                text -> SigV4.hmacSignature(credentials.secretAccessKey(), scope, text));
    }

    /**
     * Signs with a node's own key, as the node does to ask for its role's token (node-agent specification, section 3.2).
     *
     * @param request with {@code host} among its headers
     * @param key RSA
     * @return headers to add: {@code X-Amz-Date}, {@code Authorization}
     * @throws IllegalArgumentException when the key cannot sign
     */
    public static List<Map.Entry<String, String>> signRsaPss(
            HttpRequestView request, String nodeId, PrivateKey key, String region, Instant now) {
        List<Map.Entry<String, String>> added = new ArrayList<>();
        added.add(Map.entry(SigV4.DATE_HEADER, SigV4.TIMESTAMP.format(now)));
        String scope = SigV4.scope(date(now), region, "ssm");
        return authorize(request, added, nodeId, scope, now, text -> pssSignature(key, text));
    }

    /**
     * Signs in query form.
     *
     * @param request with {@code host} among its headers
     * @param expires 1 second to 7 days
     * @return the whole query to send, without the question mark
     */
    public static String presignQuery(
            HttpRequestView request,
            SigningCredentials credentials,
            String region,
            String service,
            Instant now,
            Duration expires) {
        if (expires.toSeconds() < 1 || expires.compareTo(Authorization.MAX_EXPIRES) > 0) {
            throw new IllegalArgumentException("a presigned request lives from 1 second to 7 days, not " + expires);
        }
        String scope = SigV4.scope(date(now), region, service);
        List<String> signedHeaders = signedHeaders(request.headers());
        StringBuilder query = new StringBuilder(request.rawQuery());
        append(query, SigV4.QUERY_ALGORITHM, SigV4.ALGORITHM);
        append(query, SigV4.QUERY_CREDENTIAL, credentials.accessKeyId() + "/" + scope);
        append(query, SigV4.DATE_HEADER, SigV4.TIMESTAMP.format(now));
        append(query, SigV4.QUERY_SIGNED_HEADERS, String.join(";", signedHeaders));
        append(query, SigV4.QUERY_EXPIRES, Long.toString(expires.toSeconds()));
        credentials.sessionToken().ifPresent(token -> append(query, SigV4.TOKEN_HEADER, token));
        HttpRequestView unsigned = new HttpRequestView(
                request.method(), request.rawPath(), query.toString(), request.headers(), request.body());
        String text =
                SigV4.stringToSign(SigV4.TIMESTAMP.format(now), scope, SigV4.canonicalRequest(unsigned, signedHeaders));
        append(query, SigV4.QUERY_SIGNATURE, SigV4.hmacSignature(credentials.secretAccessKey(), scope, text));
        return query.toString();
    }

    private static List<Map.Entry<String, String>> authorize(
            HttpRequestView request,
            List<Map.Entry<String, String>> added,
            String accessKeyId,
            String scope,
            Instant now,
            UnaryOperator<String> signature) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        headers.addAll(added);
        List<String> signedHeaders = signedHeaders(headers);
        HttpRequestView dated =
                new HttpRequestView(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
        String text =
                SigV4.stringToSign(SigV4.TIMESTAMP.format(now), scope, SigV4.canonicalRequest(dated, signedHeaders));
        added.add(Map.entry(
                SigV4.AUTHORIZATION_HEADER,
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(
                                SigV4.ALGORITHM,
                                accessKeyId,
                                scope,
                                String.join(";", signedHeaders),
                                signature.apply(text))));
        return List.copyOf(added);
    }

    private static List<String> signedHeaders(List<Map.Entry<String, String>> headers) {
        List<String> names = headers.stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .filter(name -> !UNSIGNED.contains(name))
                .distinct()
                .sorted()
                .toList();
        if (!names.contains("host")) {
            throw new IllegalArgumentException("the host header must be among the headers to sign");
        }
        return names;
    }

    private static String pssSignature(PrivateKey key, String text) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(SigV4Verifier.PSS);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the node's key cannot sign: an RSA private key is needed", e);
        }
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(UriText.encode(value));
    }

    private static String date(Instant now) {
        return SigV4.TIMESTAMP.format(now).substring(0, 8);
    }
}
