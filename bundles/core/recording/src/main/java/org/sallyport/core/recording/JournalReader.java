package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads a journal's records in order, each checked by its checksum and its link to what is before it. Needs memory for one record,
 * whatever the file says. One thread.
 */
final class JournalReader implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    /** Most bytes that are checked in search of a whole record, since what a session typed can look like a great many headers. */
    private static final int SEARCH = 64 * 1024 * 1024;

    private final FileChannel channel;
    private final Path path;
    private final long size;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long bytesRead;
    private Tip tip;
    private Optional<Fault> fault = Optional.empty();

    /**
     * Why reading stopped before the end of the file.
     *
     * @param torn whether this looks like the end of a record that was being written: nothing whole follows
     */
    record Fault(long number, long offset, String why, boolean torn) {
        @Override
        public String toString() {
            return "record %d at byte %d: %s".formatted(number, offset, why);
        }
    }

    private JournalReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.tip = Tip.start();
    }

    /**
     * Opens a journal at its first record.
     *
     * @throws DamagedJournalException when the file is no journal of a version that is known here
     */
    static JournalReader open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            JournalReader reader = new JournalReader(path, channel);
            ByteBuffer header = ByteBuffer.allocate(JournalFormat.FILE_HEADER);
            reader.read(header, 0);
            if (!header.flip().equals(JournalFormat.fileHeader())) {
                throw new DamagedJournalException(
                        "%s does not begin like a journal of version %d".formatted(path, JournalFormat.VERSION));
            }
            return reader;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Goes on from a place that is known from elsewhere. */
    void skipTo(Tip known) {
        tip = known;
        buffer.limit(0);
        fault = Optional.empty();
    }

    /** The next record; empty at the end, and where {@link #fault} says that something is wrong. */
    Optional<JournalRecord> next() throws IOException {
        long left = size - tip.length();
        if (fault.isPresent() || left == 0) {
            return Optional.empty();
        }
        if (left < JournalFormat.RECORD_HEADER) {
            return stop("the file ends within its header");
        }
        require(JournalFormat.RECORD_HEADER);
        int length = buffer.getInt(buffer.position());
        if (!JournalFormat.plausible(length)) {
            return stop("its length cannot be " + length);
        }
        if (length > left) {
            return stop("the file ends within it");
        }
        require(length);
        ByteBuffer bytes = buffer.slice(buffer.position(), length);
        Optional<String> wrong = JournalFormat.fault(bytes);
        if (wrong.isPresent()) {
            return stop(wrong.get());
        }
        if (JournalFormat.link(bytes) != tip.chain().link()) {
            fault = Optional.of(
                    new Fault(tip.records(), tip.length(), "it does not follow the record before it", false));
            return Optional.empty();
        }
        JournalRecord record = JournalFormat.record(bytes, tip.records(), tip.length());
        tip = tip.next(length, tip.chain().next(bytes), record.type() == RecordType.MESSAGE);
        buffer.position(buffer.position() + length);
        return Optional.of(record);
    }

    /** Where the next record begins, and all that is before it. */
    Tip tip() {
        return tip;
    }

    Optional<Fault> fault() {
        return fault;
    }

    /** Bytes of the file when it was opened. */
    long size() {
        return size;
    }

    /** Bytes that were read from the file until now. */
    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Optional<JournalRecord> stop(String why) throws IOException {
        fault = Optional.of(new Fault(tip.records(), tip.length(), why, !wholeRecordFollows(tip.length() + 1)));
        return Optional.empty();
    }

    /** Looks through the rest of the file. In doubt the answer is yes, so that nothing whole is ever cut off. */
    private boolean wholeRecordFollows(long from) throws IOException {
        long budget = SEARCH;
        for (long start = from; start + JournalFormat.RECORD_HEADER <= size; start += JournalFormat.MAX_RECORD) {
            ByteBuffer window = ByteBuffer.allocate((int) Math.min(size - start, 2L * JournalFormat.MAX_RECORD));
            read(window, start);
            window.flip();
            int last = Math.min(window.limit() - JournalFormat.RECORD_HEADER, JournalFormat.MAX_RECORD - 1);
            for (int at = 0; at <= last; at++) {
                int length = window.getInt(at);
                if (JournalFormat.plausible(length) && length <= window.limit() - at) {
                    budget -= length;
                    if (budget < 0
                            || JournalFormat.fault(window.slice(at, length)).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Has that many bytes from the tip in the buffer; the caller knows that the file has them. */
    private void require(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        int have = buffer.remaining();
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes).put(buffer);
        } else {
            buffer.compact();
        }
        read(buffer, tip.length() + have);
        buffer.flip();
        if (buffer.remaining() < bytes) {
            throw new IOException("%s became shorter while it was read".formatted(path));
        }
    }

    private void read(ByteBuffer into, long from) throws IOException {
        long position = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
                return;
            }
            position += count;
            bytesRead += count;
        }
    }
}
