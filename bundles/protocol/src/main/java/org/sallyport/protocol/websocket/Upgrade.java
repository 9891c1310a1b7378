package org.sallyport.protocol.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The opening of a web-socket (RFC 6455, section 4), both sides. No sub-protocol and no extension is offered or accepted
 * (data-channel specification, section 2.1).
 */
public final class Upgrade {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");

    private Upgrade() {}

    /** Value of {@code Sec-WebSocket-Accept} for a key. */
    public static String acceptKey(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** A new random key for {@code Sec-WebSocket-Key}. */
    public static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /**
     * The client's request.
     *
     * @param host with the port when it is not the default one
     * @param pathAndQuery as it shall stand in the request line, begins with a slash
     * @param key from {@link #newKey()}
     * @param extraHeaders for instance a signature
     * @throws IllegalArgumentException when a part could break out of its line
     */
    public static byte[] clientRequest(
            String host, String pathAndQuery, String key, List<Map.Entry<String, String>> extraHeaders) {
        if (!TARGET.matcher(pathAndQuery).matches()) {
            throw new IllegalArgumentException("not a path and query that can stand in a request line");
        }
        StringBuilder request = new StringBuilder(512);
        request.append("GET ").append(pathAndQuery).append(" HTTP/1.1\r\n");
        List<Map.Entry<String, String>> own = List.of(
                Map.entry("Host", host),
                Map.entry("Connection", "Upgrade"),
                Map.entry("Upgrade", "websocket"),
                Map.entry("Sec-WebSocket-Version", "13"),
                Map.entry("Sec-WebSocket-Key", key));
        Stream.concat(own.stream(), extraHeaders.stream()).forEach(header -> appendHeader(request, header));
        return request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a request asks for a web-socket at all, rightly or not. */
    public static boolean requested(List<Map.Entry<String, String>> headers) {
        return hasToken(headers, "Upgrade", "websocket");
    }

    /**
     * What is wrong with a client's request.
     *
     * @param method of the request
     * @return empty when it may be accepted; else a text for the body of a 400 answer
     */
    public static Optional<String> fault(String method, List<Map.Entry<String, String>> headers) {
        if (!method.equals("GET")) {
            return Optional.of("a web-socket begins with GET");
        }
        if (!requested(headers) || !hasToken(headers, "Connection", "upgrade")) {
            return Optional.of("headers Upgrade: websocket and Connection: Upgrade are needed");
        }
        if (!values(headers, "Sec-WebSocket-Version").equals(List.of("13"))) {
            return Optional.of("Sec-WebSocket-Version must be 13");
        }
        List<String> keys = values(headers, "Sec-WebSocket-Key");
        if (keys.size() != 1 || !KEY.matcher(keys.get(0)).matches()) {
            return Optional.of("Sec-WebSocket-Key must be one base64 text of 16 bytes");
        }
        return Optional.empty();
    }

    /** Whether a client's request may be accepted, see {@link #fault}. */
    public static boolean isValid(String method, List<Map.Entry<String, String>> headers) {
        return fault(method, headers).isEmpty();
    }

    /**
     * The server's answer to a request without {@link #fault}.
     *
     * @param headers of the request
     */
    public static byte[] serverAnswer(List<Map.Entry<String, String>> headers) {
        String key = values(headers, "Sec-WebSocket-Key").stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the request has no Sec-WebSocket-Key"));
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptKey(key) + "\r\n\r\n";
        return answer.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Checks the server's answer.
     *
     * @param key that was sent
     * @throws WebSocketProtocolException when it is no 101, or one that does not fit the request; the text says why
     */
    public static void checkAnswer(UpgradeAnswer answer, String key) throws WebSocketProtocolException {
        if (answer.status() != 101) {
            throw fault("the server answered %d %s instead of 101".formatted(answer.status(), answer.reason()));
        }
        if (!hasToken(answer.headers(), "Upgrade", "websocket")
                || !hasToken(answer.headers(), "Connection", "upgrade")) {
            throw fault("the server's answer switches to something else than web-socket");
        }
        if (!values(answer.headers(), "Sec-WebSocket-Accept").equals(List.of(acceptKey(key)))) {
            throw fault("Sec-WebSocket-Accept does not belong to the key that was sent");
        }
        if (!values(answer.headers(), "Sec-WebSocket-Extensions").isEmpty()
                || !values(answer.headers(), "Sec-WebSocket-Protocol").isEmpty()) {
            throw fault("the server chose an extension or sub-protocol that was not offered");
        }
    }

    private static WebSocketProtocolException fault(String text) {
        return new WebSocketProtocolException(CloseCode.PROTOCOL_ERROR, text);
    }

    private static void appendHeader(StringBuilder request, Map.Entry<String, String> header) {
        if (!HEADER_NAME.matcher(header.getKey()).matches()
                || !HEADER_VALUE.matcher(header.getValue()).matches()) {
            throw new IllegalArgumentException("not a header that can be sent: " + header.getKey());
        }
        request.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }

    private static boolean hasToken(List<Map.Entry<String, String>> headers, String name, String token) {
        return values(headers, name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }

    private static List<String> values(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().strip())
                .toList();
    }
}
