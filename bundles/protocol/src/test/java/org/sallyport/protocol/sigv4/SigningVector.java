package org.sallyport.protocol.sigv4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.protocol.Fixtures;

/** One folder of the public test suite. */
record SigningVector(Path folder, JsonNode context) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<SigningVector> all() {
        try (Stream<Path> folders = Files.list(Fixtures.folder("sigv4-vectors").resolve("v4"))) {
            return folders.sorted().toList().stream().map(SigningVector::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SigningVector read(Path folder) {
        try {
            return new SigningVector(
                    folder, MAPPER.readTree(folder.resolve("context.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean normalisesPath() {
        return context.path("normalize").asBoolean();
    }

    boolean tokenAddedAfterSigning() {
        return context.path("omit_session_token").asBoolean();
    }

    boolean signsBody() {
        return context.path("sign_body").asBoolean();
    }

    Instant timestamp() {
        return Instant.parse(context.path("timestamp").asText());
    }

    SigningCredentials credentials() {
        JsonNode keys = context.path("credentials");
        return new SigningCredentials(
                keys.path("access_key_id").asText(),
                keys.path("secret_access_key").asText(),
                Optional.ofNullable(keys.get("token")).map(JsonNode::asText));
    }

    String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one of the HTTP messages; a folded line belongs to the header before it. */
    HttpRequestView request(String file) {
        String[] parts = text(file).split("\r?\n\r?\n", 2);
        String[] lines = parts[0].split("\r?\n");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            if (line.startsWith(" ")) {
                Map.Entry<String, String> folded = headers.remove(headers.size() - 1);
                headers.add(Map.entry(folded.getKey(), folded.getValue() + "\n" + line));
            } else {
                headers.add(Map.entry(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
            }
        }
        int target = lines[0].indexOf(' ') + 1;
        String pathAndQuery = lines[0].substring(target, lines[0].lastIndexOf(' '));
        int question = pathAndQuery.indexOf('?');
        String body = parts.length > 1 ? parts[1].stripTrailing() : "";
        return new HttpRequestView(
                lines[0].substring(0, target - 1),
                question < 0 ? pathAndQuery : pathAndQuery.substring(0, question),
                question < 0 ? "" : pathAndQuery.substring(question + 1),
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
