package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Appends to one file; all of a call or nothing. Its journal's lock guards writing; {@link #tip}, {@link #force} and {@link #read} are for any
 * thread.
 */
final class JournalFile {
    private final Path path;
    private final OpenFiles files;
    private final Optional<String> damage;
    private volatile Tip tip;
    private volatile long confirmed;
    private boolean untidy;

    /**
     * @param tip all whole records; what is behind them in the file is cut off before the first write
     * @param confirmed how much of that the disk is known to have
     * @param damage why nothing may be appended, empty for a sound file
     */
    JournalFile(Path path, OpenFiles files, Tip tip, long confirmed, Optional<String> damage) {
        this.path = path;
        this.files = files;
        this.tip = tip;
        this.confirmed = confirmed;
        this.damage = damage;
        this.untidy = true;
    }

    /**
     * Writes the records behind one another with one gathering write.
     *
     * @return where each begins
     * @throws IOException nothing of it counts as written, and it is cut off again, now or before the next write
     */
    List<Long> append(List<NewRecord> records) throws IOException {
        if (damage.isPresent()) {
            throw new DamagedJournalException("it is damaged, and is left as it is (%s)".formatted(damage.get()));
        }
        List<Long> offsets = new ArrayList<>(records.size());
        List<ByteBuffer> bytes = new ArrayList<>(2 * records.size());
        Tip after = tip;
        for (NewRecord record : records) {
            ByteBuffer header = JournalFormat.recordHeader(record, after.chain());
            offsets.add(after.length());
            bytes.add(header);
            bytes.add(record.payload());
            int length = header.remaining() + record.payload().remaining();
            after = after.next(
                    length, after.chain().next(header, record.payload()), record.type() == RecordType.MESSAGE);
        }
        try {
            files.use(path, channel -> write(channel, bytes));
        } catch (IOException e) {
            untidy = true;
            tidy();
            throw e;
        }
        tip = after;
        return offsets;
    }

    /** The payload of the record at an offset, which is checked again. */
    ByteBuffer read(long offset) throws IOException {
        return files.use(path, channel -> {
            ByteBuffer length = read(channel, offset, Integer.BYTES);
            if (!JournalFormat.plausible(length.getInt(0))) {
                throw new DamagedJournalException("%s is damaged at byte %d".formatted(path, offset));
            }
            ByteBuffer record = read(channel, offset, length.getInt(0));
            Optional<String> fault = JournalFormat.fault(record);
            if (fault.isPresent()) {
                throw new DamagedJournalException("%s is damaged at byte %d: %s".formatted(path, offset, fault.get()));
            }
            return record.slice(JournalFormat.RECORD_HEADER, record.remaining() - JournalFormat.RECORD_HEADER);
        });
    }

    Tip tip() {
        return tip;
    }

    /** How much of the file the disk has confirmed. */
    long confirmed() {
        return confirmed;
    }

    boolean dirty() {
        return confirmed < tip.length();
    }

    /** Waits until the disk has what is written now. Takes no lock, so that appending goes on meanwhile. */
    void force() throws IOException {
        Tip before = tip;
        files.use(path, channel -> {
            channel.force(false);
            return before;
        });
        confirmed = Math.max(confirmed, before.length());
    }

    /** Closes the channel if nobody uses it. */
    void release() throws IOException {
        files.close(path);
    }

    private Tip write(FileChannel channel, List<ByteBuffer> bytes) throws IOException {
        if (untidy) {
            truncate(channel);
        }
        ByteBuffer[] left = bytes.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
        channel.position(tip.length());
        int first = 0;
        while (first < left.length) {
            if (channel.write(left, first, left.length - first) <= 0) {
                throw new IOException("the file system takes nothing");
            }
            while (first < left.length && !left[first].hasRemaining()) {
                first++;
            }
        }
        return tip;
    }

    private void tidy() {
        try {
            files.use(path, this::truncate);
        } catch (IOException e) {
            untidy = true; // once more before the next write
        }
    }

    private Tip truncate(FileChannel channel) throws IOException {
        if (channel.size() < tip.length()) {
            throw new DamagedJournalException("%s is shorter than what was written to it".formatted(path));
        }
        channel.truncate(tip.length());
        untidy = false;
        return tip;
    }

    private static ByteBuffer read(FileChannel channel, long offset, int bytes) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position()) < 0) {
                throw new DamagedJournalException("the file ends at byte %d".formatted(channel.size()));
            }
        }
        return into.flip();
    }
}
