package org.sallyport.protocol.sigv4;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cuts the signature fields out of a request: lengths first, then one strict pattern a field. */
final class AuthorizationParser {
    private static final int MAX_HEADER = 8 * 1024;
    private static final int MAX_TOKEN = 8 * 1024;
    private static final int MAX_SIGNED_HEADERS = 64;
    private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern DATE = Pattern.compile("[0-9]{8}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/=]{1,1400}");
    private static final Pattern EXPIRES = Pattern.compile("[0-9]{1,6}");

    private AuthorizationParser() {}

    static boolean inHeader(HttpRequestView request) {
        return request.values(SigV4.AUTHORIZATION_HEADER).stream().anyMatch(value -> value.startsWith("AWS4-"));
    }

    static boolean inQuery(HttpRequestView request) {
        return request.rawQuery().contains("X-Amz-")
                && !QueryText.values(request.rawQuery(), SigV4.QUERY_SIGNATURE).isEmpty();
    }

    static Authorization fromHeader(HttpRequestView request) throws SignatureFormatException {
        String header = single(request.values(SigV4.AUTHORIZATION_HEADER), "Authorization header");
        Map<String, String> fields = fields(header);
        String timestamp = single(request.values(SigV4.DATE_HEADER), "X-Amz-Date header");
        Optional<String> token = optional(request.values(SigV4.TOKEN_HEADER), "X-Amz-Security-Token header");
        Authorization parsed = build(
                field(fields, "Credential"),
                field(fields, "SignedHeaders"),
                field(fields, "Signature"),
                timestamp.strip(),
                token,
                Optional.empty());
        requireSigned(request, parsed, "x-amz-date");
        return parsed;
    }

    static Authorization fromQuery(HttpRequestView request) throws SignatureFormatException {
        if (!parameter(request, SigV4.QUERY_ALGORITHM).equals(SigV4.ALGORITHM)) {
            throw new SignatureFormatException("X-Amz-Algorithm must be " + SigV4.ALGORITHM);
        }
        String expires = parameter(request, SigV4.QUERY_EXPIRES);
        if (!EXPIRES.matcher(expires).matches()) {
            throw new SignatureFormatException("X-Amz-Expires must be a number of seconds");
        }
        Duration life = Duration.ofSeconds(Integer.parseInt(expires));
        if (life.isZero() || life.compareTo(Authorization.MAX_EXPIRES) > 0) {
            throw new SignatureFormatException("X-Amz-Expires must be 1 to %d seconds, was %s"
                    .formatted(Authorization.MAX_EXPIRES.toSeconds(), expires));
        }
        Authorization parsed = build(
                parameter(request, SigV4.QUERY_CREDENTIAL),
                parameter(request, SigV4.QUERY_SIGNED_HEADERS),
                parameter(request, SigV4.QUERY_SIGNATURE),
                parameter(request, SigV4.DATE_HEADER),
                optional(QueryText.values(request.rawQuery(), SigV4.TOKEN_HEADER), "X-Amz-Security-Token parameter"),
                Optional.of(life));
        requireSigned(request, parsed, "host");
        return parsed;
    }

    private static Authorization build(
            String credential,
            String headerList,
            String signature,
            String timestamp,
            Optional<String> token,
            Optional<Duration> expires)
            throws SignatureFormatException {
        String[] scope = credential.split("/", -1);
        if (scope.length != 5 || !scope[4].equals(SigV4.TERMINATOR)) {
            throw new SignatureFormatException("credential must be key/date/region/service/" + SigV4.TERMINATOR);
        }
        require(ACCESS_KEY, scope[0], "access key id of the credential");
        require(DATE, scope[1], "date of the credential");
        require(NAME, scope[2], "region of the credential");
        require(NAME, scope[3], "service of the credential");
        require(SIGNATURE, signature, "signature");
        if (token.isPresent() && (token.get().isEmpty() || token.get().length() > MAX_TOKEN)) {
            throw new SignatureFormatException("session token must have 1 to %d characters".formatted(MAX_TOKEN));
        }
        if (!timestamp.startsWith(scope[1])) {
            throw new SignatureFormatException("date of the credential and X-Amz-Date are different days");
        }
        return new Authorization(
                scope[0],
                scope[1],
                scope[2],
                scope[3],
                signedHeaders(headerList),
                signature,
                instant(timestamp),
                token,
                expires.isPresent(),
                expires);
    }

    private static Map<String, String> fields(String header) throws SignatureFormatException {
        if (header.length() > MAX_HEADER) {
            throw new SignatureFormatException("Authorization header is longer than %d".formatted(MAX_HEADER));
        }
        if (!header.startsWith(SigV4.ALGORITHM + " ")) {
            throw new SignatureFormatException("algorithm must be " + SigV4.ALGORITHM);
        }
        Map<String, String> fields = new HashMap<>();
        for (String part : header.substring(SigV4.ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new SignatureFormatException("a field of the Authorization header has no equals sign");
            }
            String name = part.substring(0, equals).strip();
            if (fields.put(name, part.substring(equals + 1).strip()) != null) {
                throw new SignatureFormatException("a field of the Authorization header stands twice");
            }
        }
        if (fields.size() != 3) {
            throw new SignatureFormatException("fields must be Credential, SignedHeaders and Signature");
        }
        return fields;
    }

    private static List<String> signedHeaders(String list) throws SignatureFormatException {
        if (list.length() > MAX_HEADER) {
            throw new SignatureFormatException("list of signed headers is longer than %d".formatted(MAX_HEADER));
        }
        List<String> names = List.of(list.split(";", -1));
        if (names.size() > MAX_SIGNED_HEADERS) {
            throw new SignatureFormatException("more than %d signed headers".formatted(MAX_SIGNED_HEADERS));
        }
        for (String name : names) {
            require(HEADER_NAME, name, "name of a signed header");
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new SignatureFormatException("a signed header is named twice");
        }
        return names;
    }

    /** A header that decides what the request does or when must not be open to change on the way. */
    private static void requireSigned(HttpRequestView request, Authorization parsed, String needed)
            throws SignatureFormatException {
        for (String name : List.of("host", needed, "x-amz-target")) {
            boolean mustBeSigned =
                    !name.equals("x-amz-target") || !request.values(name).isEmpty();
            if (mustBeSigned && !parsed.signedHeaders().contains(name)) {
                throw new SignatureFormatException("header %s must be signed".formatted(name));
            }
        }
    }

    private static Instant instant(String timestamp) throws SignatureFormatException {
        try {
            return Instant.from(SigV4.TIMESTAMP.parse(timestamp));
        } catch (DateTimeException e) {
            throw new SignatureFormatException("X-Amz-Date must look like 20150830T123600Z");
        }
    }

    private static String parameter(HttpRequestView request, String name) throws SignatureFormatException {
        return single(QueryText.values(request.rawQuery(), name), name + " parameter");
    }

    private static String field(Map<String, String> fields, String name) throws SignatureFormatException {
        String value = fields.get(name);
        if (value == null) {
            throw new SignatureFormatException("%s is missing in the Authorization header".formatted(name));
        }
        return value;
    }

    private static String single(List<String> values, String what) throws SignatureFormatException {
        return optional(values, what).orElseThrow(() -> new SignatureFormatException(what + " is missing"));
    }

    private static Optional<String> optional(List<String> values, String what) throws SignatureFormatException {
        if (values.size() > 1) {
            throw new SignatureFormatException("more than one " + what);
        }
        return values.stream().findFirst();
    }

    private static void require(Pattern pattern, String value, String what) throws SignatureFormatException {
        if (!pattern.matcher(value).matches()) {
            throw new SignatureFormatException(what + " is not well formed");
        }
    }
}
