package org.sallyport.protocol.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a file of the trail into lines, with a bound. Closes nothing. One thread. */
public final class TrailLines {
    /**
     * @param offset of its first byte in the file
     * @param bytes without the line feed; of a line that is too long only its beginning
     * @param ended whether a line feed follows; false only for the rest of a file
     */
    public record Raw(long offset, byte[] bytes, boolean ended) {
        /** How much of the file it takes. */
        public long end() {
            return offset + bytes.length + (ended ? 1 : 0);
        }
    }

    private final InputStream in;
    private long offset;

    /** @param in at the beginning of the file or of a line in it */
    public TrailLines(InputStream in, long offset) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.offset = offset;
    }

    /** The next line; empty at the end. */
    public Optional<Raw> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
        long begin = offset;
        for (int b = in.read(); b >= 0; b = in.read()) {
            offset++;
            if (b == '\n') {
                return Optional.of(new Raw(begin, line.toByteArray(), true));
            }
            line.write(b);
            if (line.size() > TrailLine.MAX_BYTES) {
                return Optional.of(new Raw(begin, line.toByteArray(), false));
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(new Raw(begin, line.toByteArray(), false));
    }
}
