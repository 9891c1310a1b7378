package org.sallyport.protocol.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a trail from its first file to its last and says at each line whether it belongs there. After the first problem it must not be asked any
 * more. One thread.
 */
public final class TrailCheck {
    /** Of the format. */
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<TrailHead> heads;
    private long file;
    private boolean fileBegins;
    private boolean sealed;
    private long first;
    private TrailHead last = TrailHead.NONE;
    private Optional<TrailHead> unexplained = Optional.empty();

    /** @param heads as kept elsewhere: the trail must reach and hold each of them */
    public TrailCheck(List<TrailHead> heads) {
        this.heads = new ArrayList<>(heads);
    }

    /**
     * The next file, in the order of their numbers.
     *
     * @return what is wrong
     */
    public Optional<String> file(long number) {
        if (file != 0 && number != file + 1) {
            return Optional.of("the file with number %d is missing before it".formatted(file + 1));
        }
        if (file != 0 && !sealed) {
            return Optional.of("the file before it ends without the line that seals it, so lines are missing there");
        }
        file = number;
        fileBegins = true;
        sealed = false;
        return Optional.empty();
    }

    /**
     * The next line of the file.
     *
     * @return what is wrong with it
     */
    public Optional<String> line(byte[] bytes) {
        try {
            TrailLine line = TrailLine.read(bytes);
            Optional<String> problem = place(line);
            if (problem.isEmpty()) {
                take(line);
                problem = head(line);
            }
            return problem;
        } catch (MalformedLineException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What is wrong with where the trail ends. */
    public Optional<String> end() {
        Optional<TrailHead> beyond =
                heads.stream().filter(h -> h.sequence() > last.sequence()).findFirst();
        if (beyond.isPresent()) {
            return Optional.of("the trail reached record %d once; records %d to %d are missing"
                    .formatted(
                            beyond.get().sequence(),
                            last.sequence() + 1,
                            beyond.get().sequence()));
        }
        return unexplained.map(
                h -> "the files with records 1 to %d are missing, and no line says that they were retired"
                        .formatted(h.sequence()));
    }

    /** Sequence of the first line seen, 0 for none. */
    public long first() {
        return first;
    }

    /** The last line seen. */
    public TrailHead last() {
        return last;
    }

    private Optional<String> place(TrailLine line) {
        if (sealed) {
            return Optional.of("it stands behind the line that seals the file");
        }
        if (fileBegins != (line.kind() == LineKind.SEGMENT)) {
            return Optional.of("a file has one line of kind segment, and that first");
        }
        if (fileBegins && number(line, "segment") != file) {
            return Optional.of("it begins the file with number " + number(line, "segment") + ", not this one");
        }
        if (first == 0 && file > 1) {
            return Optional.empty();
        }
        long expected = last.sequence() + 1;
        if (line.sequence() > expected) {
            return Optional.of("record %d follows record %d: what was between them is missing"
                    .formatted(line.sequence(), last.sequence()));
        }
        if (line.sequence() < expected) {
            return Optional.of("record %d stands behind record %d: it was put there, or moved"
                    .formatted(line.sequence(), last.sequence()));
        }
        return line.previous().equals(last.hash())
                ? Optional.empty()
                : Optional.of("it follows another record %d than the one before it".formatted(last.sequence()));
    }

    private void take(TrailLine line) {
        if (first == 0) {
            first = line.sequence();
            unexplained = first == 1 ? Optional.empty() : Optional.of(new TrailHead(first - 1, line.previous()));
        }
        fileBegins = false;
        sealed = line.kind() == LineKind.SEALED;
        last = TrailHead.of(line);
        if (line.kind() == LineKind.RETIRED) {
            unexplained = unexplained.filter(h -> h.sequence() != number(line, "lastSequence")
                    || !h.hash().equals(member(line, "lastHash").asText()));
        }
    }

    private Optional<String> head(TrailLine line) {
        boolean other = heads.stream()
                .anyMatch(h -> h.sequence() == line.sequence() && !h.hash().equals(line.hash()));
        return other
                ? Optional.of("it is another record %d than the one that was there once".formatted(line.sequence()))
                : Optional.empty();
    }

    private static long number(TrailLine line, String member) {
        return member(line, member).asLong();
    }

    private static JsonNode member(TrailLine line, String member) {
        try {
            return JSON.readTree(line.record()).path(member);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
