package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a whole journal and says whether it is what was written. One thread, any number of times. */
final class Verification {
    private Verification() {}

    /**
     * @param state what the journal is
     * @param records sound records from the beginning
     * @param digest of them, without the seal
     * @param problem the first bad record and what is wrong, empty unless torn or damaged
     */
    record Verdict(State state, long records, long messages, String digest, Optional<String> problem) {}

    /** What a journal can be. */
    enum State {
        /** Whole, and ended by its seal. */
        SEALED,
        /** Sound, but without a seal: in use, or cut off between two records. */
        OPEN,
        /** Sound up to a last record that is not whole. */
        TORN,
        /** Some record is not what was written, or not where it was. */
        DAMAGED
    }

    static Verdict verify(Path journal) throws IOException {
        try (JournalReader reader = JournalReader.open(journal)) {
            Chain before = reader.tip().chain();
            boolean sealed = false;
            for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                JournalRecord record = next.get();
                Optional<String> problem = problem(record, before, sealed);
                if (problem.isPresent()) {
                    String where = "record %d at byte %d: ".formatted(record.number(), record.offset());
                    return new Verdict(
                            State.DAMAGED,
                            record.number(),
                            messagesBefore(reader, record),
                            before.hex(),
                            Optional.of(where + problem.get()));
                }
                sealed = record.type() == RecordType.SEALED;
                if (!sealed) {
                    before = reader.tip().chain();
                }
            }
            return verdict(reader, before, sealed);
        } catch (DamagedJournalException e) {
            return new Verdict(State.DAMAGED, 0, 0, Chain.start().hex(), Optional.of(e.getMessage()));
        }
    }

    private static Verdict verdict(JournalReader reader, Chain before, boolean sealed) {
        Optional<JournalReader.Fault> fault = reader.fault();
        State state = fault.map(f -> f.torn() && !sealed ? State.TORN : State.DAMAGED)
                .orElse(sealed ? State.SEALED : State.OPEN);
        return new Verdict(
                state,
                reader.tip().records(),
                reader.tip().messages(),
                before.hex(),
                fault.map(JournalReader.Fault::toString));
    }

    private static Optional<String> problem(JournalRecord record, Chain before, boolean sealed)
            throws DamagedJournalException {
        if (sealed) {
            return Optional.of("it stands behind the seal");
        }
        if ((record.number() == 0) != (record.type() == RecordType.HEAD)) {
            return Optional.of("a journal has one head, and that first");
        }
        if (record.type() == RecordType.SEALED
                && !Notes.Sealed.read(record.payload()).digest().equals(before.hex())) {
            return Optional.of("the seal is of other records");
        }
        return Optional.empty();
    }

    private static long messagesBefore(JournalReader reader, JournalRecord record) {
        return reader.tip().messages() - (record.type() == RecordType.MESSAGE ? 1 : 0);
    }
}
