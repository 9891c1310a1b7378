package org.sallyport.core.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.kernel.recording.Journals.Head;

/** Journals in a folder, with a clock and a machine of the test's own. */
final class Desk {
    static final int OPEN_FILES = 8;
    static final long CHECKPOINT_EACH = 64 * 1024;

    final SettableClock clock = new SettableClock(Instant.ofEpochMilli(Wire.AT));
    final Path folder;
    JournalStore journals;
    int reserveMib;

    Desk(Path folder) {
        this.folder = folder;
        restart("machine-1");
    }

    /** What a new process on that machine has; the old one's journals are left as they are. */
    void restart(String boot) {
        journals = new JournalStore(folder, () -> reserveMib, OPEN_FILES, CHECKPOINT_EACH, boot, clock);
    }

    static Head head(String sessionId, boolean failOpen) {
        return new Head(
                sessionId,
                "mi-0123456789abcdef0",
                "AIDAEXAMPLE",
                "arn:aws:iam::000000000000:user/alice",
                "SSM-SessionManagerRunShell",
                "Standard_Stream",
                Instant.ofEpochMilli(Wire.AT),
                failOpen);
    }

    RecordedSession begin(String sessionId) {
        journals.begin(head(sessionId, false));
        return open(sessionId);
    }

    RecordedSession open(String sessionId) {
        return (RecordedSession) journals.open(sessionId);
    }

    Path file(String sessionId) {
        return new JournalFolder(folder).journal(sessionId);
    }

    Path checkpoint(String sessionId) {
        return new JournalFolder(folder).checkpoint(sessionId);
    }

    Recovery.Recovered read(String sessionId) {
        try {
            return new Recovery(new JournalFolder(folder), sessionId, "machine-1").read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All records of a journal, each with its own bytes. */
    List<JournalRecord> records(String sessionId) {
        List<JournalRecord> records = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(file(sessionId))) {
            for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(kept(next.get()));
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JournalRecord> records(String sessionId, RecordType type) {
        return records(sessionId).stream()
                .filter(record -> record.type() == type)
                .toList();
    }

    /** Sequence numbers of the messages in the file, in its order. */
    List<Long> sequences(String sessionId) {
        return records(sessionId, RecordType.MESSAGE).stream()
                .map(record -> Wire.sequence(record.payload()))
                .toList();
    }

    private static JournalRecord kept(JournalRecord record) {
        byte[] bytes = new byte[record.payload().remaining()];
        record.payload().duplicate().get(bytes);
        return new JournalRecord(
                record.number(),
                record.offset(),
                record.type(),
                record.from(),
                record.time(),
                ByteBuffer.wrap(bytes),
                record.length());
    }
}
