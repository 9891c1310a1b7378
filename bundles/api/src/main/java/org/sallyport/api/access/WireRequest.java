package org.sallyport.api.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request exactly as it came, before anything of it is trusted or parsed.
 *
 * @param method as sent
 * @param rawPath path as sent, percent-encoding untouched
 * @param rawQuery query as sent without the question mark, empty text when there is none
 * @param headers in order, names as sent
 * @param body the bytes of the body after transfer decoding, at most 1 MiB; not copied, not changed by anyone
 * @param sourceAddress the peer's address in text form
 */
public record WireRequest(
        String method,
        String rawPath,
        String rawQuery,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        String sourceAddress) {

    public WireRequest {
        headers = List.copyOf(headers);
    }

    /** First value of a header, name compared without case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
