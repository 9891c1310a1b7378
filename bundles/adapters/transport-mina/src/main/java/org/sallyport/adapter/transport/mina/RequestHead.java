package org.sallyport.adapter.transport.mina;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Request line and headers (RFC 9112, sections 3 to 6), read strictly: what two readers could understand differently is refused.
 *
 * @param chunked whether the body is chunked
 * @param contentLength length of the body when it is not chunked
 */
record RequestHead(
        String method,
        String rawPath,
        String rawQuery,
        List<Map.Entry<String, String>> headers,
        boolean chunked,
        int contentLength) {
    static final int MAX_BODY = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,16}) (/[!-~&&[^#?]]*)(?:\\?([!-~&&[^#]]*))? HTTP/1\\.([0-9])");
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e\\x80-\\xff\\t]*)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    /** @param text the head without the empty line, lines ended by CR LF, one character a byte */
    static RequestHead parse(String text) throws BadRequestException {
        String[] lines = text.split("\r\n", -1);
        Matcher first = REQUEST_LINE.matcher(lines[0]);
        if (!first.matches()) {
            throw new BadRequestException(400, "not an HTTP/1.1 request line");
        }
        if (!first.group(4).equals("1")) {
            throw new BadRequestException(505, "only HTTP/1.1 is spoken here");
        }
        List<Map.Entry<String, String>> headers = headers(lines);
        if (values(headers, "Host").size() != 1) {
            throw new BadRequestException(400, "one Host header is needed");
        }
        boolean chunked = chunked(headers);
        String query = first.group(3) == null ? "" : first.group(3);
        return new RequestHead(
                first.group(1), first.group(2), query, headers, chunked, contentLength(headers, chunked));
    }

    boolean hasToken(String name, String token) {
        return values(headers, name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }

    private static List<Map.Entry<String, String>> headers(String[] lines) throws BadRequestException {
        if (lines.length - 1 > MAX_HEADERS) {
            throw new BadRequestException(431, "more than " + MAX_HEADERS + " headers");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher header = HEADER.matcher(lines[i]);
            if (!header.matches()) {
                throw new BadRequestException(400, "header " + i + " is not well formed");
            }
            headers.add(Map.entry(header.group(1), header.group(2).strip()));
        }
        return headers;
    }

    private static boolean chunked(List<Map.Entry<String, String>> headers) throws BadRequestException {
        List<String> codings = values(headers, "Transfer-Encoding");
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
            throw new BadRequestException(501, "no transfer coding but chunked is known");
        }
        return true;
    }

    private static int contentLength(List<Map.Entry<String, String>> headers, boolean chunked)
            throws BadRequestException {
        List<String> lengths = values(headers, "Content-Length");
        if (lengths.isEmpty()) {
            return 0;
        }
        if (chunked || lengths.size() != 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            throw new BadRequestException(400, "the length of the body is not clear");
        }
        int length = Integer.parseInt(lengths.get(0));
        if (length > MAX_BODY) {
            throw new BadRequestException(413, "a body may have at most " + MAX_BODY + " bytes");
        }
        return length;
    }

    private static List<String> values(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(h -> h.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
