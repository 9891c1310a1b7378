package org.sallyport.front.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.WireRequest;

/**
 * The other spelling that a client may have signed. Jetty takes common content types from a cache that ignores case: who wrote
 * {@code charset=utf-8} arrives as {@code charset=UTF-8}, and a signature over the header, as AWS's command line makes it, would not
 * match. Both spellings mean the same, so a signature over either proves the same.
 */
final class ContentTypeSpelling {
    private static final String HEADER = "Content-Type";

    private ContentTypeSpelling() {}

    /** The request with the charset in lower case; empty when it is so already. */
    static Optional<WireRequest> lowerCase(WireRequest request) {
        Optional<String> folded = request.header(HEADER).map(ContentTypeSpelling::fold);
        if (folded.isEmpty() || folded.equals(request.header(HEADER))) {
            return Optional.empty();
        }
        List<Map.Entry<String, String>> headers = request.headers().stream()
                .map(header -> header.getKey().equalsIgnoreCase(HEADER)
                        ? Map.entry(header.getKey(), fold(header.getValue()))
                        : header)
                .toList();
        return Optional.of(new WireRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                headers,
                request.body(),
                request.sourceAddress()));
    }

    private static String fold(String contentType) {
        int charset = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        return charset < 0
                ? contentType
                : contentType.substring(0, charset)
                        + contentType.substring(charset).toLowerCase(Locale.ROOT);
    }
}
