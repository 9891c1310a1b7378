package org.sallyport.test.e2e.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A conversation of the real programs with a throwaway server, as its lines say (their README is in the protocol module).
 *
 * @param meta the first line: keys and names of the recording
 */
public record Recording(JsonNode meta, List<Event> events) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One line.
     *
     * @param number of the line in its file
     * @param connection number of the TCP connection
     * @param sent by the recorded program; otherwise the server answered it
     * @param kind {@code open}, {@code http}, {@code ws-text}, {@code ws-binary}, {@code ws-ping}, {@code ws-pong}, {@code close}, {@code note}
     */
    public record Event(int number, int connection, boolean sent, String kind, JsonNode line) {
        public byte[] body() {
            return Base64.getDecoder().decode(line.path("b64").asText(""));
        }

        public String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        public boolean byNode() {
            return line.path("peer").asText().equals("node");
        }

        /** Names and values in order, spelled as sent. */
        public List<Map.Entry<String, String>> headers() {
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            line.path("headers")
                    .forEach(pair -> headers.add(
                            Map.entry(pair.get(0).asText(), pair.get(1).asText())));
            return headers;
        }

        public String header(String name) {
            return headers().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }
    }

    /** Reads one of the recordings among the resources. */
    public static Recording read(String name) throws IOException {
        List<String> lines;
        try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name)) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        List<Event> events = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            JsonNode line = JSON.readTree(lines.get(i));
            events.add(new Event(
                    i + 1,
                    line.path("cid").asInt(),
                    line.path("dir").asText().equals("in"),
                    line.path("kind").asText(),
                    line));
        }
        return new Recording(JSON.readTree(lines.get(0)), List.copyOf(events));
    }
}
