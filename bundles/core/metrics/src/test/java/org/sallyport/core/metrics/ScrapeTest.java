package org.sallyport.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.api.metrics.Meters;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.spi.metrics.MeterSource;

@Timeout(120)
class ScrapeTest {
    private final List<MeterSource> sources = new ArrayList<>();
    private final Exposition exposition = new Exposition(() -> sources);
    private final ScrapeServer server = new ScrapeServer(exposition::text, 1_000);

    @BeforeEach
    void start() throws IOException {
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void end() {
        server.close();
        exposition.close();
    }

    @Test
    void aScrapeHasTheMachineAndEachSource() throws Exception {
        RelayTraffic traffic = new RelayTraffic();
        sources.add(traffic);
        sources.add(meters -> {
            meters.gauge("sallyport_nodes_connected", "Nodes", Map.of(), 3);
            meters.timer(
                    "sallyport_requests", "Requests", Map.of("operation", "StartSession"), 2, Duration.ofMillis(500));
        });
        traffic.passed("s", DataEnd.NODE, null, ByteBuffer.allocate(120));
        traffic.passed("s", DataEnd.NODE, null, ByteBuffer.allocate(30));

        HttpResponse<String> scraped = get("/metrics", "GET");

        assertThat(scraped.statusCode()).isEqualTo(200);
        assertThat(scraped.headers().firstValue("Content-Type")).hasValue(Exposition.TYPE);
        assertThat(scraped.body().lines())
                .contains("sallyport_relay_messages_total{from=\"node\"} 2.0")
                .contains("sallyport_relay_bytes_total{from=\"node\"} 150.0")
                .contains("sallyport_relay_bytes_total{from=\"client\"} 0.0")
                .contains("sallyport_nodes_connected 3.0")
                .contains("sallyport_requests_seconds_count{operation=\"StartSession\"} 2")
                .contains("sallyport_requests_seconds_sum{operation=\"StartSession\"} 0.5")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("jvm_threads_live_threads "));
    }

    @Test
    void aSourceThatFailsOrFloodsDoesNoHarmToTheOthers() throws Exception {
        sources.add(meters -> {
            throw new IllegalStateException("broken");
        });
        sources.add(meters -> IntStream.range(0, Meters.MAX_SERIES + 10)
                .forEach(i -> meters.counter("sallyport_flood", "Flood", Map.of("n", "" + i), 1)));
        sources.add(meters -> meters.gauge("sallyport_flood", "Another kind", Map.of("n", "x"), 1));
        sources.add(meters -> meters.gauge("sallyport_fine", "Fine", Map.of(), 1));

        String text = get("/metrics", "GET").body();

        assertThat(text.lines()).contains("sallyport_fine 1.0");
        assertThat(text.lines().filter(line -> line.startsWith("sallyport_flood_total{")))
                .hasSize(Meters.MAX_SERIES);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(get("/", "GET").statusCode()).isEqualTo(404);
        assertThat(get("/metrics", "POST").statusCode()).isEqualTo(405);
    }

    @Test
    void aSilentPeerAndALongHeadAreClosed() throws Exception {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket flood = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            flood.getOutputStream().write("x".repeat(8 * 1024).getBytes(StandardCharsets.US_ASCII));
            assertThat(flood.getInputStream().read()).isEqualTo(-1);
        }
    }

    private HttpResponse<String> get(String path, String method) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
