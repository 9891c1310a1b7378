package org.sallyport.core.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What the real programs did on a session's channels: connections, and what came in. */
record Recording(List<Event> events) {

    /** @param millis since the start */
    record Event(long millis, String channel, int connection, String kind, byte[] bytes) {
        boolean ofNode() {
            return channel.equals("data-node");
        }

        boolean isReport() {
            return channel.equals("control") && kind.equals("ws-binary");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The copy of a recording among the test resources, without the middle of long transfers. */
    static Recording fixture(String name) {
        URL resource = Recording.class.getResource("/recordings/" + name + ".jsonl");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8))) {
            return of(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole recording. */
    static Recording file(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording of(List<String> lines) throws IOException {
        List<Event> events = new ArrayList<>();
        for (String line : lines) {
            JsonNode event = JSON.readTree(line);
            String kind = event.path("kind").asText();
            boolean ours = event.path("conn").asText().startsWith("data-")
                    || "agent_task_complete"
                            .equals(event.path("msg").path("type").asText())
                    || (event.path("conn").asText().equals("control") && !event.has("dir"));
            boolean came =
                    !kind.startsWith("ws-") || !event.path("dir").asText("in").equals("out");
            if (ours && came && List.of("open", "close", "ws-text", "ws-binary").contains(kind)) {
                events.add(new Event(
                        (long) event.path("t").asDouble(),
                        event.path("conn").asText(),
                        event.path("cid").asInt(),
                        kind,
                        Base64.getDecoder().decode(event.path("b64").asText())));
            }
        }
        return new Recording(events);
    }
}
