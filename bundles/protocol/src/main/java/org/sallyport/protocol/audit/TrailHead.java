package org.sallyport.protocol.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a trail reached at some time. Kept elsewhere, it shows when lines are missing at the end.
 *
 * @param sequence of the last line, 0 for none
 * @param hash of that line
 */
public record TrailHead(long sequence, String hash) {
    /** Of a trail without a line. */
    public static final TrailHead NONE = new TrailHead(0, TrailLine.START);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})\\s*");

    /** Of a trail that ends with this line. */
    public static TrailHead of(TrailLine line) {
        return new TrailHead(line.sequence(), line.hash());
    }

    /** Reads {@code <sequence>:<hash>}; empty for anything else. */
    public static Optional<TrailHead> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new TrailHead(Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return sequence + ":" + hash;
    }
}
