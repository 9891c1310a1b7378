package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.sallyport.kernel.recording.Journals.Head;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;

/**
 * Reads a journal that is to be opened: its head, then what is behind its checkpoint, else all. Decides what an end that is no whole record
 * means: it is cut off when it can only be what was never reported as written, and is damage otherwise. One thread, one use.
 */
final class Recovery {
    private final JournalFolder folder;
    private final String sessionId;
    private final String boot;
    private EndIndex client = new EndIndex();
    private EndIndex node = new EndIndex();
    private int lives;
    private String firstBoot = "";
    private String lastBoot = "";
    private long confirmed;
    private Optional<Notes.Sealed> sealed = Optional.empty();

    /**
     * @param confirmed how much of it the disk is known to have
     * @param cutBytes bytes behind the tip that are to be cut off
     * @param powerCut whether the machine may have been switched off since the journal was opened last
     * @param damage why nothing may be appended, empty for a sound journal
     * @param bytesRead from the file
     */
    record Recovered(
            Head head,
            Chain headChain,
            Tip tip,
            JournalIndex index,
            int lives,
            long confirmed,
            long cutBytes,
            boolean powerCut,
            Optional<Notes.Sealed> sealed,
            Optional<String> damage,
            long bytesRead) {}

    /** @param boot what the machine calls its life now */
    Recovery(JournalFolder folder, String sessionId, String boot) {
        this.folder = folder;
        this.sessionId = sessionId;
        this.boot = boot;
    }

    /**
     * @throws java.nio.file.NoSuchFileException when there is none
     * @throws DamagedJournalException when not even its head can be read
     */
    Recovered read() throws IOException {
        try (JournalReader reader = JournalReader.open(folder.journal(sessionId))) {
            Head head = head(reader);
            Chain headChain = reader.tip().chain();
            Tip start = reader.tip();
            confirmed = start.length();
            Optional<Checkpoint> checkpoint = checkpoint(headChain, reader.size());
            checkpoint.ifPresent(known -> takeOver(known, reader));
            Optional<String> unreadable = readAll(reader);
            if (checkpoint.isPresent()
                    && reader.tip().equals(checkpoint.get().tip())
                    && reader.fault().isPresent()) {
                // it may be the checkpoint that is wrong
                forget(start, reader);
                unreadable = readAll(reader);
            }
            return recovered(reader, head, headChain, unreadable);
        }
    }

    private Head head(JournalReader reader) throws IOException {
        JournalRecord first = reader.next()
                .filter(record -> record.type() == RecordType.HEAD)
                .orElseThrow(() -> new DamagedJournalException("its head is not there"));
        firstBoot = Notes.boot(first.payload());
        lastBoot = firstBoot;
        Head head = Notes.head(first.payload());
        if (!head.sessionId().equals(sessionId)) {
            throw new DamagedJournalException("it is the journal of session " + head.sessionId());
        }
        return head;
    }

    private Optional<Checkpoint> checkpoint(Chain head, long size) {
        return folder.readCheckpoint(sessionId)
                .flatMap(Checkpoint::decode)
                .filter(c -> c.head().equals(head) && c.tip().length() <= size);
    }

    private void takeOver(Checkpoint known, JournalReader reader) {
        reader.skipTo(known.tip());
        client = known.client();
        node = known.node();
        lives = known.lives();
        lastBoot = known.boot();
        confirmed = known.tip().length();
    }

    private void forget(Tip start, JournalReader reader) {
        reader.skipTo(start);
        client = new EndIndex();
        node = new EndIndex();
        lives = 0;
        lastBoot = firstBoot;
        confirmed = start.length();
    }

    /** What a record says that cannot be, empty when all that could be read makes sense. */
    private Optional<String> readAll(JournalReader reader) throws IOException {
        Chain before = reader.tip().chain();
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            JournalRecord record = next.get();
            try {
                if (sealed.isPresent()) {
                    throw new DamagedJournalException("it stands behind the seal");
                }
                take(record, before);
                before = reader.tip().chain();
            } catch (DamagedJournalException e) {
                return Optional.of(
                        "record %d at byte %d: %s".formatted(record.number(), record.offset(), e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private void take(JournalRecord record, Chain before) throws DamagedJournalException {
        ByteBuffer payload = record.payload();
        switch (record.type()) {
            case HEAD -> throw new DamagedJournalException("a second head");
            case OPENED -> {
                Notes.Opened opened = Notes.Opened.read(payload);
                lives = Math.max(lives, opened.life());
                lastBoot = opened.boot();
            }
            case MESSAGE -> of(record).write(sequence(payload), record.offset());
            case ACKNOWLEDGED -> {
                confirmed = Math.max(confirmed, Math.min(AcknowledgedRanges.confirmed(payload), record.offset()));
                AcknowledgedRanges.read(payload, of(record)::acknowledge);
            }
            case GAP -> {}
            case SEALED -> {
                Notes.Sealed seal = Notes.Sealed.read(payload);
                if (!seal.digest().equals(before.hex())) {
                    throw new DamagedJournalException("the seal is of other records");
                }
                sealed = Optional.of(seal);
            }
        }
    }

    private EndIndex of(JournalRecord record) {
        return record.from().orElseThrow() == DataEnd.CLIENT ? client : node;
    }

    private static long sequence(ByteBuffer frame) throws DamagedJournalException {
        try {
            long sequence = MessageHeader.read(frame).sequenceNumber();
            if (!RangeSet.countable(sequence)) {
                throw new DamagedJournalException("its sequence number is " + sequence);
            }
            return sequence;
        } catch (MalformedMessageException e) {
            throw new DamagedJournalException("it is no message: " + e.getMessage());
        }
    }

    private Recovered recovered(JournalReader reader, Head head, Chain headChain, Optional<String> unreadable) {
        Tip tip = reader.tip();
        boolean powerCut = boot.isEmpty() || !boot.equals(lastBoot);
        Optional<String> damage = unreadable.or(() -> reader.fault()
                .filter(fault -> fault.offset() < confirmed || !fault.torn())
                .map(JournalReader.Fault::toString));
        long cut = damage.isPresent() ? 0 : reader.size() - tip.length();
        return new Recovered(
                head,
                headChain,
                tip,
                new JournalIndex(client, node),
                lives,
                confirmed,
                cut,
                powerCut,
                sealed,
                damage,
                reader.bytesRead());
    }
}
