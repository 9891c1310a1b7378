package org.sallyport.front.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentServletTest {
    private static final String NAME = "sallyport-agent-1.0-linux-x64.tar.gz";
    private static final String CONTENT = "0123456789";

    @TempDir
    Path folder;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();
    private String hash;

    @BeforeEach
    void start() throws Exception {
        Path packages = Files.createDirectory(folder.resolve("agents"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(packages.resolve(NAME), CONTENT);
        hash = Sha256.of(CONTENT.getBytes(StandardCharsets.US_ASCII));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new EnrolmentServlet(Offers.of(packages))), EnrolmentServlet.PATH + "/*");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void theScriptAndThePackagesAreFoundByTheirHashAndMayBeKeptForever() throws Exception {
        HttpResponse<String> script = get("/enrol/" + Script.install().sha256());
        HttpResponse<String> archive = get("/enrol/" + hash);

        assertThat(script.body()).startsWith("#!/bin/sh\n");
        assertThat(Sha256.of(script.body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Script.install().sha256());
        assertThat(archive.body()).isEqualTo(CONTENT);
        assertThat(header(script, "Cache-Control")).contains("immutable");
        assertThat(header(archive, "Cache-Control")).contains("immutable");
    }

    @Test
    void listsAreNeverKept() throws Exception {
        HttpResponse<String> packages = get("/enrol/packages");
        HttpResponse<String> lines = get("/enrol/lines.json");

        assertThat(packages.body()).isEqualTo(hash + " 10 " + NAME + "\n");
        assertThat(lines.body()).startsWith("{\"linux\":\"sh -c 'set -eu; ").endsWith("--region onprem-1\"}\n");
        assertThat(get("/enrol/ca.pem").body()).isEqualTo("the authority\n");
        assertThat(header(packages, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(lines, "Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource({"bytes=4-,206,456789", "bytes=0-,206,0123456789", "bytes=10-,416,", "bytes=2-3,200,0123456789"})
    void aDownloadThatWasCutGoesOn(String range, int status, String body) throws Exception {
        HttpResponse<String> answer = get("/enrol/" + hash, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (body != null) {
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/enrol/",
                "/enrol/" + NAME,
                "/enrol/agents/" + NAME,
                "/enrol/..%2fsecret",
                "/enrol/0000000000000000000000000000000000000000000000000000000000000000",
                "/enrol/install.sh"
            })
    void nothingElseIsThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret content").doesNotContain(CONTENT);
    }

    @Test
    void nothingIsWritten() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/enrol/packages"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
