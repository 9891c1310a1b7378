package org.sallyport.protocol.sigv4;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signature fields of a request, well formed but not yet verified.
 *
 * @param accessKeyId 1 to 128 characters of letters, digits, dash and underscore; a node's id for the RSA variant
 * @param date of the credential scope, {@code yyyymmdd}; the same day as {@code timestamp}
 * @param signedHeaders lower case, as sent; {@code host} is always among them
 * @param signature 64 hex digits for an HMAC, base64 for the RSA variant
 * @param timestamp of the signature, whole seconds
 * @param sessionToken of temporary credentials, as sent
 * @param presigned whether the fields stood in the query
 * @param expires how long a presigned request is valid, 1 second to 7 days; empty for the header form
 */
public record Authorization(
        String accessKeyId,
        String date,
        String region,
        String service,
        List<String> signedHeaders,
        String signature,
        Instant timestamp,
        Optional<String> sessionToken,
        boolean presigned,
        Optional<Duration> expires) {
    static final Duration MAX_EXPIRES = Duration.ofDays(7);

    public Authorization {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** Whether the request carries a signature of this kind at all, well formed or not. */
    public static boolean present(HttpRequestView request) {
        return AuthorizationParser.inHeader(request) || AuthorizationParser.inQuery(request);
    }

    /**
     * Reads the fields from the header or the query.
     *
     * @throws SignatureFormatException when there is none, more than one, or one that is not well formed; also when {@code host},
     *     {@code x-amz-date} or {@code x-amz-target} is not among the signed headers although it is needed
     */
    public static Authorization parse(HttpRequestView request) throws SignatureFormatException {
        boolean inHeader = AuthorizationParser.inHeader(request);
        boolean inQuery = AuthorizationParser.inQuery(request);
        if (inHeader && inQuery) {
            throw new SignatureFormatException("signed twice, in the header and in the query; one is allowed");
        }
        if (inHeader) {
            return AuthorizationParser.fromHeader(request);
        }
        if (inQuery) {
            return AuthorizationParser.fromQuery(request);
        }
        throw new SignatureFormatException("no Authorization header and no X-Amz-Signature parameter");
    }

    /** Credential scope: date, region, service and terminator, between slashes. */
    String scope() {
        return SigV4.scope(date, region, service);
    }
}
