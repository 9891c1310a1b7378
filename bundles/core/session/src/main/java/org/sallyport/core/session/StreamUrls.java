package org.sallyport.core.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.sallyport.api.edge.ServerAddress;

/** Where a client opens its data channel: the same text for the whole life of a session (data-channel specification, 8.3). */
final class StreamUrls {
    private StreamUrls() {}

    static String of(ServerAddress address, String sessionId) {
        String base = address.channel().toString();
        return "%s/v1/data-channel/%s?role=publish_subscribe"
                .formatted(
                        base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
                        URLEncoder.encode(sessionId, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
