package org.sallyport.protocol.sigv4;

import java.util.List;
import java.util.Map;

/**
 * What Signature Version 4 covers of an HTTP request.
 *
 * @param method as sent
 * @param rawPath path as sent, percent-encoding untouched; empty text counts as {@code /}
 * @param rawQuery query as sent without the question mark, empty text when there is none
 * @param headers in order, names in any case; {@code host} among them with the port when it is not the default one
 * @param body bytes of the body after transfer decoding; not copied, not changed by anyone
 */
public record HttpRequestView(
        String method, String rawPath, String rawQuery, List<Map.Entry<String, String>> headers, byte[] body) {

    public HttpRequestView {
        headers = List.copyOf(headers);
    }

    /** All values of a header in order, name compared without case. */
    List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
