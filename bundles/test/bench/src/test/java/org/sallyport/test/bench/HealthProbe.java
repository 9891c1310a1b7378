package org.sallyport.test.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.sallyport.channel.trust.CaTrust;

/** Asks a server that is starting whether it serves. */
final class HealthProbe {
    private final int port;
    private final Path authority;
    private HttpClient http;

    HealthProbe(int port, Path authority) {
        this.port = port;
        this.authority = authority;
    }

    /** Whether it says itself that it is ready for requests. */
    boolean ready() throws InterruptedException {
        try {
            new Socket("localhost", port).close();
            if (http == null && Files.exists(authority)) {
                http = HttpClient.newBuilder()
                        .sslContext(CaTrust.fromBundle(authority).sslContext())
                        .build();
            }
            return http != null
                    && http.send(
                                            HttpRequest.newBuilder(
                                                            URI.create("https://localhost:" + port + "/health/ready"))
                                                    .timeout(Duration.ofSeconds(5))
                                                    .build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
