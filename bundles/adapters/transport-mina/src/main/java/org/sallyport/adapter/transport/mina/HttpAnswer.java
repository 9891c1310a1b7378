package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.sallyport.api.transport.ChannelEndpoint.Answer;

/** Answers as bytes. */
final class HttpAnswer {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    private HttpAnswer() {}

    static Answer text(int status, String message) {
        return new Answer(status, "text/plain; charset=utf-8", message + "\n");
    }

    /** @param headOnly leaves the body out, for HEAD */
    static ByteBuffer encode(Answer answer, boolean keepAlive, boolean headOnly) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: %s\r\n%s\r\n"
                .formatted(
                        answer.status(),
                        REASONS.getOrDefault(answer.status(), "Status"),
                        answer.contentType().replaceAll("[^ -~]", ""),
                        body.length,
                        keepAlive ? "keep-alive" : "close",
                        answer.status() == 503 ? "Retry-After: 1\r\n" : "");
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(bytes.length + body.length).put(bytes);
        return (headOnly ? all : all.put(body)).flip();
    }
}
