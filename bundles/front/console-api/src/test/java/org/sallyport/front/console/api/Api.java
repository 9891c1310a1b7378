package org.sallyport.front.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;

/** The whole application in Jersey, without a web server. Asks as the console's pages do unless told otherwise. */
final class Api implements AutoCloseable {
    static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    final FakeServices services = new FakeServices();
    final EventStreams streams = new EventStreams(services, 20);
    private final ApplicationHandler jersey;

    /** An answer, its body parsed. */
    record Answer(int status, Map<String, List<String>> headers, JsonNode body, String text) {
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }

        String problem() {
            return body.path("type").asText().replace("urn:sallyport:problem:", "");
        }
    }

    Api() {
        ResourceConfig config = new ResourceConfig();
        ConsoleApplication.singletons(services, streams, CLOCK).forEach(config::register);
        HttpServletRequest peer = (HttpServletRequest) Proxy.newProxyInstance(
                Api.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getRemoteAddr") ? "192.0.2.1" : null);
        config.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(peer).to(HttpServletRequest.class);
            }
        });
        jersey = new ApplicationHandler(config);
    }

    /** What a page of the console sends with a change. */
    static Map<String, String> page() {
        return new HashMap<>(Map.of("Origin", "https://console.example:8443", "Sec-Fetch-Site", "same-origin"));
    }

    /** The same with the cookie and forgery token of a session. */
    static Map<String, String> page(String token) {
        Map<String, String> headers = page();
        headers.put("Cookie", Guard.COOKIE + "=" + token);
        headers.put(Guard.FORGERY_HEADER, "forgery-" + token);
        return headers;
    }

    Answer call(String method, String path, Map<String, String> headers, String body) {
        URI base = URI.create("https://console.example:8443" + ConsoleApplication.BASE + "/");
        ContainerRequest request = new ContainerRequest(
                base,
                URI.create(base + path.substring(1)),
                method,
                null,
                new MapPropertiesDelegate(),
                jersey.getConfiguration());
        headers.forEach(request::header);
        if (body != null) {
            request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            if (!headers.containsKey("Content-Type")) {
                request.header("Content-Type", MediaType.APPLICATION_JSON);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ContainerResponse response = jersey.apply(request, out).get();
            String text = out.toString(StandardCharsets.UTF_8);
            JsonNode json = text.startsWith("{") ? Json.MAPPER.readTree(text) : Json.MAPPER.readTree("{}");
            return new Answer(response.getStatus(), Map.copyOf(response.getStringHeaders()), json, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
