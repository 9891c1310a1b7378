package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.recording.Errors.failure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;

/** What is found when a journal is opened that was not closed. */
class RecoveryTest {
    private static final String ID = "alice-0123456789abcdef0";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
    }

    @Test
    void aRecordThatWasNotFinishedIsCutOffWhereverItEnds() throws Exception {
        desk.begin(ID).append(List.of(Wire.output(0), Wire.output(1)));
        List<JournalRecord> records = desk.records(ID);
        byte[] whole = Files.readAllBytes(desk.file(ID));
        long last = records.get(records.size() - 1).offset();

        for (int length = (int) last + 1; length < whole.length; length++) {
            Files.write(desk.file(ID), Arrays.copyOf(whole, length));
            desk.restart("machine-1");
            RecordedSession again = desk.open(ID);

            assertThat(again.written(DataEnd.NODE, 0)).isTrue();
            assertThat(again.written(DataEnd.NODE, 1)).as("cut at " + length).isFalse();
            again.append(List.of(Wire.output(1)));
            assertThat(desk.sequences(ID)).containsExactly(0L, 1L);
            assertThat(opened(desk, 2).cutBytes()).isEqualTo(length - last);
            assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.OPEN);
        }
    }

    @Test
    void zeroesBehindTheLastRecordAreCutOff() throws Exception {
        desk.begin(ID).append(List.of(Wire.output(0)));
        Files.write(desk.file(ID), new byte[3_000_000], StandardOpenOption.APPEND);
        desk.restart("machine-2");

        desk.open(ID).append(List.of(Wire.output(1)));

        assertThat(desk.sequences(ID)).containsExactly(0L, 1L);
        assertThat(opened(desk, 2).powerCut()).isTrue();
    }

    @Test
    void itSaysWhetherTheMachineWasSwitchedOff() throws Exception {
        desk.begin(ID);
        desk.restart("machine-1");
        desk.open(ID);
        desk.restart("machine-2");
        desk.open(ID);
        desk.restart("");
        desk.open(ID);

        assertThat(opened(desk, 1).powerCut()).isFalse();
        assertThat(opened(desk, 2).powerCut()).isFalse();
        assertThat(opened(desk, 3).powerCut()).isTrue();
        assertThat(opened(desk, 4).powerCut()).isTrue();
    }

    @Test
    void damageWithRecordsBehindItEndsTheSession() throws Exception {
        desk.begin(ID).append(List.of(Wire.output(0), Wire.output(1), Wire.output(2)));
        JournalRecord middle = desk.records(ID, RecordType.MESSAGE).get(1);
        byte[] damaged = flip(desk.file(ID), middle.offset() + 60);
        desk.restart("machine-2");

        String text = failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.open(ID));
        failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.journals.seal(ID, "EXITED", Instant.EPOCH));

        assertThat(text)
                .contains(ID)
                .contains("record 3 at byte " + middle.offset())
                .contains("damaged");
        assertThat(Files.readAllBytes(desk.file(ID))).isEqualTo(damaged);
    }

    @Test
    void aDamagedJournalThatFailsOpenLetsTheSessionGoOnAndIsLeftAsItIs() throws Exception {
        desk.journals.begin(Desk.head(ID, true));
        desk.open(ID).append(List.of(Wire.output(0), Wire.output(1), Wire.output(2)));
        JournalRecord middle = desk.records(ID, RecordType.MESSAGE).get(1);
        byte[] damaged = flip(desk.file(ID), middle.offset() + 60);
        desk.restart("machine-1");

        SessionJournal journal = desk.open(ID);
        journal.append(List.of(Wire.output(5)));

        assertThat(journal.written(DataEnd.NODE, 0)).isTrue();
        assertThat(journal.written(DataEnd.NODE, 5)).isTrue();
        assertThat(journal.unacknowledged(DataEnd.NODE, 0, 1_000_000))
                .containsExactly(Wire.output(0).frame());
        assertThat(Files.readAllBytes(desk.file(ID))).isEqualTo(damaged);
    }

    @Test
    void aMessageThatHoldsARecordStaysOneMessage() throws Exception {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(holdingARecord()));
        desk.restart("machine-1");

        desk.open(ID).append(List.of(Wire.output(2)));

        assertThat(desk.sequences(ID)).containsExactly(1L, 2L);
    }

    @Test
    void anUnfinishedRecordThatHoldsAWholeOneIsInDoubtAndNotCutOff() throws Exception {
        desk.begin(ID).append(List.of(holdingARecord()));
        byte[] whole = Files.readAllBytes(desk.file(ID));
        Files.write(desk.file(ID), Arrays.copyOf(whole, whole.length - 1));
        desk.restart("machine-1");

        failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.open(ID));

        assertThat(Files.size(desk.file(ID))).isEqualTo(whole.length - 1L);
    }

    @Test
    void anUnfinishedRecordFullOfLikelyLengthsIsLookedThroughWithinBounds() throws Exception {
        byte[] hostile = new byte[JournalFormat.MAX_PAYLOAD - 1_000];
        for (int at = 1; at < hostile.length; at += 4) {
            hostile[at] = 4; // 0x00040000 at every fourth byte
        }
        desk.begin(ID).append(List.of(new SessionJournal.Entry(DataEnd.NODE, 1, Wire.frame(DataEnd.NODE, 1, hostile))));
        byte[] whole = Files.readAllBytes(desk.file(ID));
        Files.write(desk.file(ID), Arrays.copyOf(whole, whole.length - 1));
        desk.restart("machine-1");

        failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.open(ID));
    }

    @Test
    void onlyWhatIsBehindTheCheckpointIsRead() throws Exception {
        SessionJournal journal = filled(120);
        desk.journals.tick();
        journal.append(List.of(Wire.output(120, 10_000)));

        Recovery.Recovered found = desk.read(ID);

        assertThat(Files.size(desk.file(ID))).isGreaterThan(1_000_000);
        // one buffer for the head, and what is behind the checkpoint
        assertThat(found.bytesRead()).isLessThan(256 * 1024 + 64 * 1024);
        desk.restart("machine-1");
        SessionJournal again = desk.open(ID);
        assertThat(again.lives()).isEqualTo(2);
        assertThat(again.unacknowledged(DataEnd.NODE, 0, 100_000_000)).hasSize(121 - 3);
        assertThat(again.isAcknowledged(DataEnd.NODE, 2)).isTrue();
        again.append(List.of(Wire.output(7, 10_000), Wire.output(121, 10)));
        assertThat(desk.sequences(ID)).hasSize(122).doesNotHaveDuplicates();
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.OPEN);
    }

    @Test
    void withoutACheckpointOrWithADamagedOneEverythingIsRead() throws Exception {
        filled(40);
        desk.journals.tick();
        byte[] checkpoint = Files.readAllBytes(desk.checkpoint(ID));
        long size = Files.size(desk.file(ID));

        Files.delete(desk.checkpoint(ID));
        assertReadWhole(size);
        for (int at : new int[] {0, 8, 60, 90, checkpoint.length - 20, checkpoint.length - 1}) {
            byte[] bad = checkpoint.clone();
            bad[at] ^= 1;
            Files.write(desk.checkpoint(ID), bad);
            assertReadWhole(size);
        }
        Files.write(desk.checkpoint(ID), new byte[0]);
        assertReadWhole(size);
    }

    @Test
    void theCheckpointOfAnotherJournalCountsForNothing() throws Exception {
        filled(40);
        desk.journals.tick();
        byte[] foreign = Files.readAllBytes(desk.checkpoint(ID));
        desk.begin("bob-1").append(List.of(Wire.output(0, 900_000)));
        Files.write(desk.checkpoint("bob-1"), foreign);
        desk.restart("machine-1");

        SessionJournal journal = desk.open("bob-1");

        assertThat(journal.written(DataEnd.NODE, 0)).isTrue();
        assertThat(journal.written(DataEnd.NODE, 1)).isFalse();
    }

    @Test
    void aCheckpointThatDoesNotFitTheRecordsIsNotBelieved() throws Exception {
        SessionJournal journal = filled(40);
        Tip tip = desk.read(ID).tip();
        Checkpoint wrong = new Checkpoint(
                desk.read(ID).headChain(),
                new Tip(tip.length() - 11, tip.chain(), 2, 0),
                9,
                "machine-1",
                new EndIndex(),
                new EndIndex());
        new JournalFolder(folder).putCheckpoint(ID, wrong.encode());
        journal.append(List.of(Wire.output(40)));
        desk.restart("machine-1");

        SessionJournal again = desk.open(ID);

        assertThat(again.lives()).isEqualTo(2);
        assertThat(again.written(DataEnd.NODE, 40)).isTrue();
    }

    @Test
    void theCheckpointGoesWhenTheJournalIsSealed() {
        filled(40);
        desk.journals.tick();
        assertThat(desk.checkpoint(ID)).exists();

        desk.journals.seal(ID, "EXITED", Instant.EPOCH);

        assertThat(desk.checkpoint(ID)).doesNotExist();
    }

    @Test
    void aServerThatWasKilledWhileItSealedFinishesThat() throws Exception {
        desk.begin(ID).append(List.of(Wire.output(0)));
        var seal = desk.journals.seal(ID, "EXITED", Instant.EPOCH);
        Files.setPosixFilePermissions(desk.file(ID), JournalFolder.OWNER_WRITES);
        desk.restart("machine-1");

        assertThat(desk.journals.seal(ID, "EXITED", Instant.EPOCH)).isEqualTo(seal);

        assertThat(Files.getPosixFilePermissions(desk.file(ID))).isEqualTo(JournalFolder.OWNER_READS);
    }

    @Test
    void whatABeginHadUnderWayIsRemoved() throws Exception {
        desk.begin("bob-1");
        Path left = Files.write(folder.resolve("new/alice-1.journal"), new byte[9]);

        desk.journals.clean();

        assertThat(left).doesNotExist();
        desk.begin("alice-1");
    }

    private SessionJournal filled(int messages) {
        SessionJournal journal = desk.begin(ID);
        for (int i = 0; i < messages; i++) {
            journal.append(List.of(Wire.output(i, 10_000)));
        }
        journal.acknowledged(DataEnd.NODE, 0);
        journal.acknowledged(DataEnd.NODE, 1);
        journal.acknowledged(DataEnd.NODE, 2);
        return journal;
    }

    /** A message whose payload is a record as it stands in a journal, and some more. */
    private SessionJournal.Entry holdingARecord() throws Exception {
        desk.begin("other-1").append(List.of(Wire.output(0)));
        JournalRecord record = desk.records("other-1", RecordType.MESSAGE).get(0);
        byte[] journal = Files.readAllBytes(desk.file("other-1"));
        byte[] payload = Arrays.copyOfRange(journal, (int) record.offset(), journal.length + 50);
        return new SessionJournal.Entry(DataEnd.NODE, 1, Wire.frame(DataEnd.NODE, 1, payload));
    }

    private void assertReadWhole(long size) {
        Recovery.Recovered found = desk.read(ID);
        assertThat(found.bytesRead()).isGreaterThanOrEqualTo(size);
        assertThat(found.damage()).isEmpty();
        assertThat(found.index().known(DataEnd.NODE, 39)).isTrue();
    }

    private static Notes.Opened opened(Desk desk, int life) throws Exception {
        Optional<JournalRecord> record =
                desk.records(ID, RecordType.OPENED).stream().skip(life - 1L).findFirst();
        Notes.Opened note = Notes.Opened.read(record.orElseThrow().payload());
        assertThat(note.life()).isEqualTo(life);
        return note;
    }

    private static byte[] flip(Path file, long at) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 4;
        Files.write(file, bytes);
        return bytes;
    }
}
