package org.sallyport.test.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.sallyport.channel.trust.CaTrust;

/** What the console's pages do in a browser: a cookie, a forgery token, and the headers that a browser sets by itself. */
public final class Browser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveSystem live;
    private final HttpClient http;
    private String cookie = "";
    private String csrf = "";
    private String origin;

    /** An answer, its body parsed. */
    public record Answer(int status, JsonNode body) {
        public String problem() {
            return body.path("type").asText().replace("urn:sallyport:problem:", "");
        }
    }

    public Browser(LiveSystem live) throws IOException {
        this.live = live;
        this.origin = live.api().toString();
        this.http = HttpClient.newBuilder()
                .sslContext(CaTrust.fromBundle(Path.of(live.get("ca"))).sslContext())
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** Asks as a page of another site would. */
    void from(String otherOrigin) {
        origin = otherOrigin;
    }

    void forgetCsrf() {
        csrf = "";
    }

    public Answer signIn(String user, String password, Optional<String> code) {
        var body = JSON.createObjectNode().put("user", user).put("password", password);
        code.ifPresent(digits -> body.put("code", digits));
        return call("POST", "/session", body.toString());
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer call(String method, String path, String body) {
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = request(path).method(method, content);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
            JsonNode json = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
            if (json.has("csrf")) {
                csrf = json.path("csrf").asText();
            }
            return new Answer(response.statusCode(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The event stream, as it comes. */
    InputStream events() throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request("/events").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("events: " + response.statusCode());
        }
        return response.body();
    }

    /** A web-socket as a page opens it, without any cookie. */
    WebSocket open(String streamUrl, WebSocket.Listener listener) throws ExecutionException {
        try {
            return http.newWebSocketBuilder()
                    .header("Origin", origin)
                    .buildAsync(URI.create(streamUrl), listener)
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(live.api() + "/console/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (!csrf.isEmpty()) {
            request.header("X-CSRF-Token", csrf);
        }
        return request;
    }
}
