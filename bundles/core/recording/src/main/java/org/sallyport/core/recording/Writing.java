package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.kernel.recording.Journals.Seal;
import org.sallyport.kernel.session.DataEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what an open journal has to say into records of its file, and keeps its checkpoint. Guarded by the journal's lock, but for
 * {@link #force} and {@link #writeCheckpoint}, which belong to the force thread.
 */
final class Writing {
    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    /** Bytes after which a new checkpoint is worth its writing. */
    private final long checkpointEach;

    private final JournalFolder folder;
    private final String sessionId;
    private final Source source;
    private final String boot;
    private volatile Started started;
    private Optional<NewRecord> opened;
    private long checkpointed;
    private volatile Checkpoint next;
    private Seal seal;

    /** A file and the digest after its head. */
    record Started(JournalFile file, Chain head) {}

    /** Makes the file of a journal that could not be made before. */
    @FunctionalInterface
    interface Source {
        Started make() throws IOException;
    }

    /**
     * @param started null for a journal that is still to be made by {@code source}
     * @param opened written before all else
     */
    Writing(
            JournalFolder folder,
            String sessionId,
            Started started,
            Source source,
            Optional<NewRecord> opened,
            String boot,
            long checkpointEach) {
        this.folder = folder;
        this.sessionId = sessionId;
        this.started = started;
        this.source = source;
        this.opened = opened;
        this.boot = boot;
        this.checkpointEach = checkpointEach;
        this.checkpointed = started == null ? 0 : started.file().confirmed();
    }

    /** All of it, or nothing and the exception. The index learns what is written, and that what it had noted is. */
    void write(List<Message> messages, JournalIndex index, Optional<Gap> gap, long now) throws IOException {
        requireRoom(messages, index);
        Map<DataEnd, RangeSet> noted = new EnumMap<>(DataEnd.class);
        boolean done = false;
        try {
            JournalFile file = file();
            List<NewRecord> records = new ArrayList<>(messages.size() + 4);
            opened.ifPresent(records::add);
            gap.ifPresent(g -> records.add(g.record(now)));
            for (DataEnd from : DataEnd.values()) {
                RangeSet ranges = index.takeNoted(from);
                noted.put(from, ranges);
                if (!ranges.isEmpty()) {
                    records.add(AcknowledgedRanges.record(from, now, file.confirmed(), ranges));
                }
            }
            int first = records.size();
            messages.forEach(message -> records.add(message.record()));
            List<Long> offsets = file.append(records);
            for (int i = 0; i < messages.size(); i++) {
                Message message = messages.get(i);
                index.write(message.entry().from(), message.sequence(), offsets.get(first + i));
            }
            opened = Optional.empty();
            done = true;
        } finally {
            if (!done) {
                noted.forEach(index::putBack);
            }
        }
    }

    /** Writes the last record and makes the file read-only; durable on return. Goes on where it failed before. */
    Seal seal(String cause, Instant endedAt) throws IOException {
        JournalFile file = file();
        if (seal == null) {
            Tip tip = file.tip();
            Notes.Sealed note = new Notes.Sealed(cause, endedAt, tip.chain().hex(), tip.messages());
            file.append(List.of(NewRecord.note(RecordType.SEALED, endedAt.toEpochMilli(), note.encode())));
            seal = new Seal(note.digest(), note.messages(), file.tip().length());
        }
        file.force();
        folder.finish(sessionId);
        return seal;
    }

    /** Frames from a number on, at least one if there is one. */
    List<ByteBuffer> read(JournalIndex index, DataEnd from, long first, int maxBytes) throws IOException {
        List<ByteBuffer> frames = new ArrayList<>();
        if (started == null) {
            return frames;
        }
        int bytes = 0;
        for (long offset : index.unacknowledged(from, first)) {
            ByteBuffer frame = started.file().read(offset);
            bytes += frame.remaining();
            if (bytes > maxBytes && !frames.isEmpty()) {
                break;
            }
            frames.add(frame);
        }
        return frames;
    }

    /** Waits for the disk if there is something that it has not confirmed. */
    void force() throws IOException {
        Started now = started;
        if (now != null && now.file().dirty()) {
            now.file().force();
        }
    }

    /** Takes down what the index says now, if enough was written since the last time. */
    void prepareCheckpoint(JournalIndex index, int lives) {
        if (started == null || seal != null || started.file().tip().length() - checkpointed < checkpointEach) {
            return;
        }
        checkpointed = started.file().tip().length();
        next = new Checkpoint(
                started.head(),
                started.file().tip(),
                lives,
                boot,
                index.copy(DataEnd.CLIENT),
                index.copy(DataEnd.NODE));
    }

    /** Writes what was taken down once the disk has confirmed all of it. */
    void writeCheckpoint() {
        Checkpoint ready = next;
        if (ready == null || ready.tip().length() > started.file().confirmed()) {
            return;
        }
        next = null;
        ByteBuffer bytes = ready.encode();
        if (bytes.remaining() > Checkpoint.MAX_BYTES) {
            return;
        }
        try {
            folder.putCheckpoint(sessionId, bytes);
        } catch (IOException e) {
            LOG.debug("no checkpoint for the journal of session {}: {}", sessionId, e.getMessage());
        }
    }

    /** Gives the file's channel back. */
    void release() {
        try {
            if (started != null) {
                started.file().release();
            }
        } catch (IOException e) {
            LOG.debug("journal of session {}: {}", sessionId, e.getMessage());
        }
    }

    private static void requireRoom(List<Message> messages, JournalIndex index) throws IOException {
        for (DataEnd from : DataEnd.values()) {
            RangeSet sequences = new RangeSet();
            int count = 0;
            for (Message message : messages) {
                if (message.entry().from() == from) {
                    sequences.add(message.sequence());
                    count++;
                }
            }
            Optional<String> refusal = count == 0 ? Optional.empty() : index.refusal(from, sequences, count);
            if (refusal.isPresent()) {
                throw new IOException(refusal.get());
            }
        }
    }

    private JournalFile file() throws IOException {
        if (started == null) {
            started = source.make();
        }
        return started.file();
    }
}
