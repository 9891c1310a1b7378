package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.recording.Verification.State;
import org.sallyport.core.recording.Verification.Verdict;
import org.sallyport.kernel.session.DataEnd;

/** Whatever is changed in a journal is found, and the first record that is wrong is named. */
class VerificationTest {
    private static final String ID = "alice-0123456789abcdef0";

    @TempDir
    Path folder;

    private byte[] header;
    private List<byte[]> records;
    private byte[] whole;

    @BeforeEach
    void sealAJournal() throws Exception {
        Desk desk = new Desk(folder.resolve("journals"));
        RecordedSession journal = desk.begin(ID);
        journal.append(List.of(Wire.output(0), Wire.input(0)));
        journal.acknowledged(DataEnd.NODE, 0);
        journal.append(List.of(Wire.output(1), Wire.output(2)));
        List<JournalRecord> before = desk.records(ID);
        desk.journals.seal(ID, "EXITED", Instant.EPOCH);
        whole = Files.readAllBytes(desk.file(ID));
        header = Arrays.copyOf(whole, JournalFormat.FILE_HEADER);
        records = new ArrayList<>();
        int at = JournalFormat.FILE_HEADER;
        while (at < whole.length) {
            int length = ByteBuffer.wrap(whole).getInt(at);
            records.add(Arrays.copyOfRange(whole, at, at + length));
            at += length;
        }
        assertThat(records).hasSize(before.size() + 1);
    }

    @Test
    void aSealedJournalIsWhole() throws Exception {
        Verdict verdict = verify(whole);

        assertThat(verdict.state()).isEqualTo(State.SEALED);
        assertThat(verdict.records()).isEqualTo(records.size());
        assertThat(verdict.problem()).isEmpty();
    }

    @Test
    void everyFlippedBitIsFound() throws Exception {
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << (at % 8));

            Verdict verdict = verify(flipped);

            assertThat(verdict.state()).as("byte " + at).isIn(State.DAMAGED, State.TORN);
            assertThat(verdict.problem()).isPresent();
            assertThat(verdict.records()).as("byte " + at).isEqualTo(recordOf(at));
        }
    }

    @Test
    void everyDroppedRecordIsFound() throws Exception {
        for (int drop = 0; drop < records.size() - 1; drop++) {
            List<byte[]> left = new ArrayList<>(records);
            left.remove(drop);

            assertDamagedAt(drop, verify(joined(left)));
        }
    }

    @Test
    void everyDoubledRecordIsFound() throws Exception {
        for (int twice = 0; twice < records.size(); twice++) {
            List<byte[]> more = new ArrayList<>(records);
            more.add(twice, records.get(twice));

            assertDamagedAt(twice + 1, verify(joined(more)));
        }
    }

    @Test
    void everyExchangeIsFound() throws Exception {
        for (int one = 0; one < records.size(); one++) {
            for (int other = one + 1; other < records.size(); other++) {
                List<byte[]> exchanged = new ArrayList<>(records);
                Collections.swap(exchanged, one, other);

                assertDamagedAt(one, verify(joined(exchanged)));
            }
        }
    }

    @Test
    void aRecordMadeElsewhereDoesNotFit() throws Exception {
        ByteBuffer made = JournalFormat.recordHeader(Message.of(Wire.output(9)).record(), Chain.start());
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(made.array());
        record.writeBytes(Wire.output(9).frame().array());
        for (int place = 1; place <= records.size(); place++) {
            List<byte[]> more = new ArrayList<>(records);
            more.add(place, record.toByteArray());

            assertDamagedAt(place, verify(joined(more)));
        }
    }

    @Test
    void aShorterJournalIsNeverASealedOne() throws Exception {
        for (int length = 0; length < whole.length; length++) {
            Verdict verdict = verify(Arrays.copyOf(whole, length));

            assertThat(verdict.state()).as("length " + length).isNotEqualTo(State.SEALED);
        }
    }

    @Test
    void bytesBehindTheSealAreFound() throws Exception {
        assertThat(verify(Arrays.copyOf(whole, whole.length + 1)).state()).isEqualTo(State.DAMAGED);
        assertThat(verify(Arrays.copyOf(whole, whole.length + 100)).state()).isEqualTo(State.DAMAGED);
    }

    @Test
    void noLengthMakesTheReaderAllocateMoreThanARecord() throws Exception {
        for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, JournalFormat.MAX_RECORD + 1, 0, 27}) {
            byte[] bad = whole.clone();
            ByteBuffer.wrap(bad).putInt(JournalFormat.FILE_HEADER, length);

            Verdict verdict = verify(bad);

            assertThat(verdict.records()).isZero();
            assertThat(verdict.problem().orElseThrow()).contains("length cannot be " + length);
        }
    }

    private void assertDamagedAt(int record, Verdict verdict) {
        assertThat(verdict.state()).isEqualTo(State.DAMAGED);
        assertThat(verdict.records()).isEqualTo(record);
        assertThat(verdict.problem().orElseThrow()).contains("record " + record + " ");
    }

    private int recordOf(int at) {
        int end = JournalFormat.FILE_HEADER;
        for (int i = 0; i < records.size(); i++) {
            end += records.get(i).length;
            if (at < end) {
                return i;
            }
        }
        throw new AssertionError();
    }

    private byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header);
        parts.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private Verdict verify(byte[] bytes) throws Exception {
        return Verification.verify(Files.write(folder.resolve("changed.journal"), bytes));
    }
}
