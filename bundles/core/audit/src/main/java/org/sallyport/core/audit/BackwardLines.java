package org.sallyport.core.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import org.sallyport.protocol.audit.TrailLine;

/** Reads the lines of a file from a place backwards. One thread. */
final class BackwardLines {
    /** @param offset of its first byte */
    record Line(long offset, byte[] bytes) {}

    private static final int BLOCK = TrailLine.MAX_BYTES + 1;

    private final FileChannel channel;
    private byte[] block = new byte[0];
    private long blockAt;
    private long end;

    /** @param end just behind a line feed */
    BackwardLines(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
        this.blockAt = end;
    }

    /** The line before; empty at the beginning, and when there is something that is no line. */
    Optional<Line> previous() throws IOException {
        if (end == 0) {
            return Optional.empty();
        }
        if (begin() < 0 && blockAt > 0) {
            load();
        }
        long begin = begin();
        if (begin < 0 && blockAt > 0) {
            return Optional.empty();
        }
        begin = Math.max(begin, 0);
        byte[] bytes = Arrays.copyOfRange(block, (int) (begin - blockAt), (int) (end - 1 - blockAt));
        end = begin;
        return Optional.of(new Line(begin, bytes));
    }

    /** Where the line before {@link #end} begins, by what is loaded; negative when that is not loaded. */
    private long begin() {
        for (long at = end - 2; at >= blockAt; at--) {
            if (block[(int) (at - blockAt)] == '\n') {
                return at + 1;
            }
        }
        return blockAt == 0 && block.length > 0 ? 0 : -1;
    }

    private void load() throws IOException {
        long from = Math.max(0, end - BLOCK);
        ByteBuffer into = ByteBuffer.allocate((int) (end - from));
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new IOException("the file became shorter");
            }
        }
        block = into.array();
        blockAt = from;
    }
}
