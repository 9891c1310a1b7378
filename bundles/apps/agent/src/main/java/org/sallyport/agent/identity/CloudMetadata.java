package org.sallyport.agent.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the metadata service of a cloud instance, as EC2 has it, for the signed identity document. The service is the machine's own and is asked without
 * a proxy; its answers are taken to 16 KiB.
 */
public final class CloudMetadata {
    /** Where EC2 has it. */
    public static final URI EC2 = URI.create("http://169.254.169.254");

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String TOKEN = "X-aws-ec2-metadata-token";

    private final URI service;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(null))
            .build();

    public CloudMetadata(URI service) {
        this.service = service;
    }

    /** The document as the server's way of proof {@code cloud} takes it. Blocks for ten seconds at most. */
    public String identityDocument() throws IOException {
        String token = answer(request("/latest/api/token")
                .header(TOKEN + "-ttl-seconds", "60")
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build());
        String signed = answer(request("/latest/dynamic/instance-identity/rsa2048")
                .header(TOKEN, token)
                .GET()
                .build());
        return JsonNodeFactory.instance.objectNode().put("pkcs7", signed).toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(LIMIT);
    }

    private String answer(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(Credential.Proof.MOST + 1);
                if (response.statusCode() != 200 || bytes.length > Credential.Proof.MOST) {
                    throw new IOException(
                            "The metadata service at %s answers %s with status %d; is this a cloud instance?"
                                    .formatted(service, request.uri().getPath(), response.statusCode()));
                }
                return new String(bytes, StandardCharsets.UTF_8).strip();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the metadata service was asked", e);
        }
    }
}
