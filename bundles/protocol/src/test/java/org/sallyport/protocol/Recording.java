package org.sallyport.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** One recorded conversation of the real programs. */
public record Recording(String name, JsonNode meta, List<JsonNode> events) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static List<Recording> all() {
        try (Stream<Path> files = Files.list(Fixtures.folder("recordings"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Recording named(String name) {
        return read(Fixtures.folder("recordings").resolve(name));
    }

    public List<JsonNode> events(String kind) {
        return events.stream()
                .filter(event -> event.path("kind").asText().equals(kind))
                .toList();
    }

    public static byte[] bytes(JsonNode event) {
        return Base64.getDecoder().decode(event.path("b64").asText());
    }

    private static Recording read(Path file) {
        try {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                lines.add(MAPPER.readTree(line));
            }
            return new Recording(file.getFileName().toString(), lines.get(0), lines.subList(1, lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
