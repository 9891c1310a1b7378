package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and headers with which a server answers a request to upgrade.
 *
 * @param reason text of the status line, may be empty
 * @param headers in order, values without outer blanks
 */
public record UpgradeAnswer(int status, String reason, List<Map.Entry<String, String>> headers) {
    /** Most bytes that an answer may have, the empty line included. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2})(?: ([\\x20-\\x7e]*))?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\xff\\t]*)");

    public UpgradeAnswer {
        headers = List.copyOf(headers);
    }

    /**
     * Reads an answer that may still be incomplete.
     *
     * @param in all bytes since the request; on success the position is behind the empty line, where frames begin, else unchanged
     * @return empty when more bytes are needed
     * @throws WebSocketProtocolException when it is no HTTP answer or longer than {@link #MAX_BYTES}
     */
    public static Optional<UpgradeAnswer> read(ByteBuffer in) throws WebSocketProtocolException {
        int end = endOfHead(in);
        if (end < 0 && in.remaining() < MAX_BYTES) {
            return Optional.empty();
        }
        if (end < 0 || end > MAX_BYTES) {
            throw fault("the server's answer is longer than %d bytes".formatted(MAX_BYTES));
        }
        byte[] head = new byte[end];
        in.get(head);
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n");
        Matcher status = STATUS.matcher(lines.length == 0 ? "" : lines[0]);
        if (!status.matches()) {
            throw fault("the server's answer does not begin with an HTTP/1.1 status line");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw fault("the server's answer has a header that is not well formed");
            }
            headers.add(Map.entry(header.group(1), header.group(2).strip()));
        }
        String reason = status.group(2) == null ? "" : status.group(2);
        return Optional.of(new UpgradeAnswer(Integer.parseInt(status.group(1)), reason, headers));
    }

    private static int endOfHead(ByteBuffer in) {
        int limit = Math.min(in.remaining(), MAX_BYTES);
        for (int i = 0; i + 3 < limit; i++) {
            int at = in.position() + i;
            if (in.get(at) == '\r' && in.get(at + 1) == '\n' && in.get(at + 2) == '\r' && in.get(at + 3) == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private static WebSocketProtocolException fault(String text) {
        return new WebSocketProtocolException(CloseCode.PROTOCOL_ERROR, text);
    }
}
