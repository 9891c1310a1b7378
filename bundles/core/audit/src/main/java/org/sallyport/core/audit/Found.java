package org.sallyport.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.protocol.audit.LineKind;
import org.sallyport.protocol.audit.MalformedLineException;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailLine;
import org.sallyport.protocol.audit.TrailLines;

/**
 * What a file of the trail holds, read from begin to end.
 *
 * @param last good line
 * @param length of the good lines in bytes
 * @param torn bytes of an unfinished line behind them
 * @param sealed whether the last line seals the file
 * @param trail name of the trail, as the first line has it
 * @param unanswered records of what had begun and has no outcome, by event id
 * @param damage what is wrong behind the good lines
 */
record Found(
        TrailHead last,
        long length,
        long torn,
        boolean sealed,
        String trail,
        Map<String, String> unanswered,
        Optional<String> damage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param expected as kept elsewhere; lines of it that are in this file must be these, and must be there */
    static Found read(Path file, Optional<TrailHead> expected) throws IOException {
        return read(file, expected, Map.of());
    }

    /** @param before what had begun in the file before it and has no outcome there */
    static Found read(Path file, Optional<TrailHead> expected, Map<String, String> before) throws IOException {
        TrailHead last = TrailHead.NONE;
        long length = 0;
        boolean sealed = false;
        String trail = "";
        Map<String, String> unanswered = new LinkedHashMap<>(before);
        try (InputStream in = Files.newInputStream(file)) {
            TrailLines lines = new TrailLines(in, 0);
            for (Optional<TrailLines.Raw> next = lines.next(); next.isPresent(); next = lines.next()) {
                TrailLines.Raw raw = next.get();
                if (!raw.ended() && raw.bytes().length <= TrailLine.MAX_BYTES) {
                    return end(
                            new Found(last, length, raw.bytes().length, sealed, trail, unanswered, Optional.empty()),
                            expected);
                }
                Optional<String> wrong;
                try {
                    TrailLine line = TrailLine.read(raw.bytes());
                    wrong = wrong(line, last, sealed, expected);
                    if (wrong.isEmpty()) {
                        last = TrailHead.of(line);
                        length = raw.end();
                        sealed = line.kind() == LineKind.SEALED;
                        trail = line.kind() == LineKind.SEGMENT
                                ? parsed(line).path("trail").asText()
                                : trail;
                        note(line, unanswered);
                    }
                } catch (MalformedLineException e) {
                    wrong = Optional.of(e.getMessage());
                }
                if (wrong.isPresent()) {
                    String where =
                            "%s, byte %d, record %d: ".formatted(file.getFileName(), raw.offset(), last.sequence() + 1);
                    return new Found(last, length, 0, sealed, trail, unanswered, wrong.map(where::concat));
                }
            }
        }
        return end(new Found(last, length, 0, sealed, trail, unanswered, Optional.empty()), expected);
    }

    private static Found end(Found found, Optional<TrailHead> expected) {
        long reached = expected.map(TrailHead::sequence).orElse(0L);
        if (reached <= found.last.sequence()) {
            return found;
        }
        String missing = "records %d to %d are missing at the end".formatted(found.last.sequence() + 1, reached);
        return new Found(
                found.last,
                found.length,
                found.torn,
                found.sealed,
                found.trail,
                found.unanswered,
                Optional.of(missing));
    }

    private static Optional<String> wrong(
            TrailLine line, TrailHead last, boolean sealed, Optional<TrailHead> expected) {
        boolean begins = last.sequence() == 0;
        if (begins != (line.kind() == LineKind.SEGMENT) || sealed) {
            return Optional.of("this line does not belong there");
        }
        if (!begins
                && (line.sequence() != last.sequence() + 1 || !line.previous().equals(last.hash()))) {
            return Optional.of("it does not follow the line before it");
        }
        boolean other = expected.filter(
                        h -> h.sequence() == line.sequence() && !h.hash().equals(line.hash()))
                .isPresent();
        return other ? Optional.of("it is another record than the one that was there once") : Optional.empty();
    }

    private static void note(TrailLine line, Map<String, String> unanswered) {
        if (line.kind() == LineKind.BEGUN) {
            unanswered.put(parsed(line).path("eventID").asText(), line.record());
        } else if (line.kind() == LineKind.EVENT && !unanswered.isEmpty()) {
            unanswered.remove(parsed(line).path("eventID").asText());
        }
    }

    private static JsonNode parsed(TrailLine line) {
        try {
            return JSON.readTree(line.record());
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
