package org.sallyport.protocol.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Verifies a whole trail from its files alone. One thread; reads each file once, from begin to end. */
public final class TrailVerification {
    /**
     * A file of the trail.
     *
     * @param number from its name
     */
    public record Source(String name, long number, Opening opening) {}

    /** Opens a file at its beginning. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /**
     * The first bad record.
     *
     * @param record number that the record at that place must have
     * @param file where it is
     * @param offset of its first byte there
     * @param what is wrong
     */
    public record Problem(long record, String file, long offset, String what) {}

    /**
     * @param problem empty when all is as it was written
     * @param first sequence of the first line, 0 for none
     * @param last where the trail ends, or where it is good up to
     * @param tornBytes an unfinished line at the end, which a killed server was writing and nobody was told of; 0 for none
     */
    public record Verdict(Optional<Problem> problem, long first, TrailHead last, long tornBytes) {}

    private final TrailCheck check;
    private long torn;
    private String name = "";
    private long offset;

    private TrailVerification(List<TrailHead> heads) {
        check = new TrailCheck(heads);
    }

    /**
     * @param files by number
     * @param heads as kept elsewhere
     */
    public static Verdict verify(List<Source> files, List<TrailHead> heads) throws IOException {
        return new TrailVerification(heads).verdict(files);
    }

    private Verdict verdict(List<Source> files) throws IOException {
        Optional<String> wrong = Optional.empty();
        for (int i = 0; i < files.size() && wrong.isEmpty(); i++) {
            wrong = file(files.get(i), i == files.size() - 1);
        }
        if (wrong.isEmpty()) {
            wrong = check.end();
        }
        TrailHead last = check.last();
        return new Verdict(
                wrong.map(what -> new Problem(last.sequence() + 1, name, offset, what)), check.first(), last, torn);
    }

    private Optional<String> file(Source source, boolean lastOne) throws IOException {
        name = source.name();
        offset = 0;
        Optional<String> wrong = check.file(source.number());
        if (wrong.isPresent()) {
            return wrong;
        }
        try (InputStream in = source.opening().open()) {
            TrailLines lines = new TrailLines(in, 0);
            for (Optional<TrailLines.Raw> next = lines.next(); next.isPresent(); next = lines.next()) {
                TrailLines.Raw raw = next.get();
                offset = raw.offset();
                boolean unfinished = !raw.ended() && raw.bytes().length <= TrailLine.MAX_BYTES;
                if (unfinished && lastOne) {
                    torn = raw.bytes().length;
                    return Optional.empty();
                }
                wrong = unfinished ? Optional.of("it is not finished") : check.line(raw.bytes());
                if (wrong.isPresent()) {
                    return wrong;
                }
                offset = raw.end();
            }
        }
        return Optional.empty();
    }
}
