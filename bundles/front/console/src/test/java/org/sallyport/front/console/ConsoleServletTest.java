package org.sallyport.front.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.edge.ServerAddress;

class ConsoleServletTest {
    private static final String ASSET = "/console/assets/index-Ab3_x.js";

    @TempDir
    Path folder;

    private WebServer web;

    @BeforeEach
    void start() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("web/assets")).getParent();
        Files.writeString(folder.resolve("secret.js"), "secret");
        Files.writeString(pages.resolve("index.html"), "index");
        Files.writeString(pages.resolve("terminal.html"), "terminal");
        Files.writeString(pages.resolve("icon.svg"), "<svg/>");
        Files.writeString(pages.resolve("notes.txt"), "of no known type");
        Files.writeString(pages.resolve("assets/index-Ab3_x.js"), "script");
        Files.write(pages.resolve("assets/index-Ab3_x.js.gz"), gzip("script"));
        Files.writeString(pages.resolve("assets/index-Ab3_x.js.br"), "brotli");
        web = new WebServer(pages);
    }

    @AfterEach
    void stop() throws Exception {
        web.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/nodes", "/console/sessions/history", "/console/anything/else"})
    void eachPageOfTheApplicationIsTheIndexAndNeverKept(String path) throws Exception {
        HttpResponse<byte[]> answer = web.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("index");
        assertThat(header(answer, "Content-Type")).startsWithIgnoringCase("text/html");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void theTerminalHasAPageOfItsOwn() throws Exception {
        assertThat(text(web.get("/console/terminal.html?session=s-1"))).isEqualTo("terminal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/assets/missing.js",
                "/console/assets/",
                "/console/assets",
                "/console/missing.html",
                "/console/api/v2/nodes",
                "/console/notes.txt",
                "/console/assets/index-Ab3_x.js.gz",
                "/console/assets/..%2f..%2fsecret.js",
                "/console/%2e%2e/secret.js",
                "/console/assets/%2e%2e/%2e%2e/secret.js",
                "/console/..;/secret.js",
                "/console//etc/passwd.js",
                "/console/assets%5c..%5c..%5csecret.js",
                "/console/assets/index-Ab3_x.js%00"
            })
    void whatIsNoFileOfTheConsoleIsRefused(String path) throws Exception {
        HttpResponse<byte[]> answer = web.get(path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(text(answer)).isNotEqualTo("secret").isNotEqualTo("script").isNotEqualTo("index");
    }

    @Test
    void filesWithTheirContentInTheirNameAreKeptForAYear() throws Exception {
        HttpResponse<byte[]> answer = web.get(ASSET);

        assertThat(text(answer)).isEqualTo("script");
        assertThat(header(answer, "Content-Type")).startsWithIgnoringCase("text/javascript");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
        HttpResponse<byte[]> again = web.get(ASSET, "If-None-Match", "\"x\", " + header(answer, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void otherFilesAreAskedForAgainAndToldApartByTheirContent() throws Exception {
        HttpResponse<byte[]> answer = web.get("/console/icon.svg");

        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(web.get("/console/icon.svg", "If-None-Match", header(answer, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(web.get("/console/icon.svg", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theBestFormThatTheBrowserTakesIsSent() throws Exception {
        HttpResponse<byte[]> brotli = web.get(ASSET, "Accept-Encoding", "gzip, deflate, br, zstd");
        HttpResponse<byte[]> gzip = web.get(ASSET, "Accept-Encoding", "gzip;q=0.5, br;q=0");

        assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
        assertThat(text(brotli)).isEqualTo("brotli");
        assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo("script".getBytes(StandardCharsets.UTF_8));
        assertThat(header(gzip, "ETag")).isNotEqualTo(header(brotli, "ETag"));
        assertThat(web.get(ASSET, "Accept-Encoding", "identity").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void headHasTheHeadersOfGet() throws Exception {
        HttpResponse<byte[]> answer = web.send("HEAD", ASSET);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("6");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aRangeIsAnsweredWithTheWhole() throws Exception {
        HttpResponse<byte[]> answer = web.get(ASSET, "Range", "bytes=0-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("none");
        assertThat(text(answer)).isEqualTo("script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void otherMethodsAreRefused(String method) throws Exception {
        HttpResponse<byte[]> answer = web.send(method, "/console/");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void withoutTheSlashItLeadsToTheFirstPage() throws Exception {
        HttpResponse<byte[]> answer = web.get("/console");

        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(header(answer, "Location")).isEqualTo("/console/");
    }

    @Test
    void whileTheApiIsAwayItsPathsSayHowLongToWait() throws Exception {
        HttpResponse<byte[]> answer = web.send("POST", "/console/api/v1/sessions");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(text(answer)).contains("\"urn:sallyport:problem:service-away\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", ASSET, "/console/missing.js", "/console", "/console/api/v1/nodes"})
    void eachAnswerIsStrict(String path) throws Exception {
        HttpResponse<byte[]> answer = web.get(path);

        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .contains("base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*", "wss:");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Permissions-Policy")).contains("camera=()", "microphone=()");
    }

    @Test
    void terminalsMayConnectToTheChannelPortAlone() throws Exception {
        web.console.setAddress(new Address());

        assertThat(header(web.get("/console/"), "Content-Security-Policy"))
                .contains("connect-src 'self' wss://sallyport.example:8444;");
    }

    @Test
    void aBrowserAtTheRootIsLedToTheConsoleAndNobodyElse() throws Exception {
        HttpResponse<byte[]> browser = web.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(browser.statusCode()).isEqualTo(303);
        assertThat(header(browser, "Location")).isEqualTo("/console/");
        assertThat(web.get("/").statusCode()).isEqualTo(404);
        assertThat(web.get("/", "Accept", "*/*").statusCode()).isEqualTo(404);
        assertThat(web.send("POST", "/", "Accept", "text/html").statusCode()).isEqualTo(405);
        assertThat(web.get("/other", "Accept", "text/html").statusCode()).isEqualTo(404);
    }

    private record Address() implements ServerAddress {
        @Override
        public String region() {
            return "onprem-1";
        }

        @Override
        public String accountId() {
            return "000000000001";
        }

        @Override
        public URI api() {
            return URI.create("https://sallyport.example:8443");
        }

        @Override
        public URI channel() {
            return URI.create("wss://sallyport.example:8444");
        }
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws java.io.IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
