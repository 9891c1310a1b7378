package org.sallyport.test.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The audit trail of the server in this process, read from its files. */
final class TrailFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrailFolder() {}

    /** The event of the call with that user agent; what a channel tells comes a moment after its answer. */
    static Optional<JsonNode> awaitEvent(String userAgent) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        do {
            Optional<JsonNode> found = event(userAgent);
            if (found.isPresent()) {
                return found;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        } while (System.nanoTime() < end);
        return Optional.empty();
    }

    private static Optional<JsonNode> event(String userAgent) throws IOException {
        for (Path file : files()) {
            for (String line : Files.readAllLines(file)) {
                if (line.contains("\"kind\":\"event\"")
                        && line.contains("\"" + userAgent + "\"")
                        && line.endsWith("}")) {
                    return Optional.of(JSON.readTree(line).path("record"));
                }
            }
        }
        return Optional.empty();
    }

    private static Iterable<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("sallyport.data"), "audit"))) {
            return files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
        }
    }
}
