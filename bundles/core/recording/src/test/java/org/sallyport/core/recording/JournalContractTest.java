package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.recording.Errors.failure;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.Journals.Seal;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.kernel.session.DataEnd;

/** What the kernel's contract promises. */
class JournalContractTest {
    private static final String ID = "alice-0123456789abcdef0";
    private static final Instant ENDED = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder.resolve("data/journals"));
    }

    @Test
    void messagesAreWrittenAsTheyAreOnTheWire() {
        SessionJournal journal = desk.begin(ID);
        Entry typed = Wire.input(0);
        Entry shown = Wire.output(0);

        journal.append(List.of(typed, shown));

        List<JournalRecord> records = desk.records(ID, RecordType.MESSAGE);
        assertThat(records).extracting(JournalRecord::payload).containsExactly(typed.frame(), shown.frame());
        assertThat(records)
                .extracting(JournalRecord::from)
                .containsExactly(Optional.of(DataEnd.CLIENT), Optional.of(DataEnd.NODE));
        assertThat(records).extracting(JournalRecord::time).containsExactly(typed.at(), shown.at());
    }

    @Test
    void theHeadIsWhatTheJournalBeganWith() {
        desk.begin(ID);

        assertThat(desk.read(ID).head()).isEqualTo(Desk.head(ID, false));
    }

    @Test
    void aMessageIsWrittenOnceHoweverOftenItComes() {
        SessionJournal journal = desk.begin(ID);

        journal.append(List.of(Wire.output(0), Wire.output(1), Wire.output(0)));
        journal.append(List.of(Wire.output(1), Wire.output(2)));

        assertThat(desk.sequences(ID)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void theSameNumberOfTheOtherEndIsAnotherMessage() {
        SessionJournal journal = desk.begin(ID);

        journal.append(List.of(Wire.output(7)));

        assertThat(journal.written(DataEnd.NODE, 7)).isTrue();
        assertThat(journal.written(DataEnd.CLIENT, 7)).isFalse();
        assertThat(journal.written(DataEnd.NODE, 6)).isFalse();
    }

    @Test
    void whatIsNotAcknowledgedComesBackInTheOrderOfItsNumbers() {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(Wire.output(2), Wire.output(0), Wire.output(3), Wire.output(1)));

        journal.acknowledged(DataEnd.NODE, 2);

        assertThat(journal.unacknowledged(DataEnd.NODE, 1, 1_000_000))
                .containsExactly(Wire.output(1).frame(), Wire.output(3).frame());
        assertThat(journal.unacknowledged(DataEnd.CLIENT, 0, 1_000_000)).isEmpty();
    }

    @Test
    void noMoreBytesComeBackThanAskedForButOneMessageAlways() {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(Wire.output(0), Wire.output(1), Wire.output(2)));
        int two = 2 * Wire.output(0).frame().remaining();

        assertThat(journal.unacknowledged(DataEnd.NODE, 0, two)).hasSize(2);
        assertThat(journal.unacknowledged(DataEnd.NODE, 0, 1)).hasSize(1);
    }

    @Test
    void acknowledgementsAreKnownAtOnceAndKnowTheHighest() {
        SessionJournal journal = desk.begin(ID);
        assertThat(journal.highestAcknowledged(DataEnd.NODE)).isEqualTo(-1);
        journal.append(List.of(Wire.output(0), Wire.output(1)));

        journal.acknowledged(DataEnd.NODE, 1);

        assertThat(journal.isAcknowledged(DataEnd.NODE, 1)).isTrue();
        assertThat(journal.isAcknowledged(DataEnd.NODE, 0)).isFalse();
        assertThat(journal.highestAcknowledged(DataEnd.NODE)).isEqualTo(1);
    }

    @Test
    void acknowledgementsAreWrittenWithTheNextAppendEvenAnEmptyOne() {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(Wire.output(0)));
        journal.acknowledged(DataEnd.NODE, 0);

        journal.append(List.of());
        desk.restart("machine-1");

        assertThat(desk.open(ID).isAcknowledged(DataEnd.NODE, 0)).isTrue();
    }

    @Test
    void acknowledgementsAreWrittenWhenTheJournalIsClosed() {
        SessionJournal journal = desk.begin(ID);
        journal.acknowledged(DataEnd.CLIENT, 4);

        journal.close();

        assertThat(desk.open(ID).isAcknowledged(DataEnd.CLIENT, 4)).isTrue();
    }

    @Test
    void acknowledgementsOfAnIdleSessionAreWrittenByTheForceThread() {
        SessionJournal journal = desk.begin(ID);
        journal.acknowledged(DataEnd.CLIENT, 4);

        desk.journals.tick();
        desk.restart("machine-1");

        assertThat(desk.open(ID).isAcknowledged(DataEnd.CLIENT, 4)).isTrue();
    }

    @Test
    void anotherLifeKnowsWhatTheOneBeforeWrote() {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(Wire.output(0), Wire.output(1), Wire.output(3), Wire.input(0)));
        journal.acknowledged(DataEnd.NODE, 0);
        journal.append(List.of(Wire.input(1)));
        desk.restart("machine-1");

        SessionJournal again = desk.open(ID);
        again.append(List.of(Wire.output(3), Wire.output(2), Wire.input(1)));

        assertThat(again.written(DataEnd.NODE, 1)).isTrue();
        assertThat(again.unacknowledged(DataEnd.NODE, 0, 1_000_000))
                .containsExactly(
                        Wire.output(1).frame(),
                        Wire.output(2).frame(),
                        Wire.output(3).frame());
        assertThat(desk.sequences(ID)).containsExactly(0L, 1L, 3L, 0L, 1L, 2L);
    }

    @Test
    void livesAreCounted() {
        assertThat(desk.begin(ID).lives()).isEqualTo(1);
        desk.restart("machine-1");
        assertThat(desk.open(ID).lives()).isEqualTo(2);
        assertThat(desk.open(ID).lives()).isEqualTo(3);
    }

    @Test
    void openingAgainClosesWhatWasOpen() {
        SessionJournal first = desk.begin(ID);
        first.append(List.of(Wire.output(0)));
        first.acknowledged(DataEnd.NODE, 0);

        SessionJournal second = desk.open(ID);

        assertThat(second.isAcknowledged(DataEnd.NODE, 0)).isTrue();
        failure(CommonError.SERVICE_AWAY, () -> first.append(List.of(Wire.output(1))));
        failure(CommonError.SERVICE_AWAY, () -> first.acknowledged(DataEnd.NODE, 1));
        failure(CommonError.SERVICE_AWAY, () -> first.unacknowledged(DataEnd.NODE, 0, 1));
        assertThat(first.written(DataEnd.NODE, 0)).isTrue();
        second.append(List.of(Wire.output(1)));
        assertThat(desk.sequences(ID)).containsExactly(0L, 1L);
    }

    @Test
    void handlesOfAStoppedServiceFailAndTheNextServiceGoesOn() {
        SessionJournal old = desk.begin(ID);
        old.append(List.of(Wire.output(0)));
        old.acknowledged(DataEnd.NODE, 0);
        JournalStore stopped = desk.journals;

        stopped.stop();
        desk.restart("machine-1");

        failure(CommonError.SERVICE_AWAY, () -> old.append(List.of(Wire.output(1))));
        failure(CommonError.SERVICE_AWAY, () -> stopped.open(ID));
        failure(CommonError.SERVICE_AWAY, () -> stopped.begin(Desk.head("bob-1", true)));
        failure(CommonError.SERVICE_AWAY, () -> stopped.seal(ID, "EXITED", ENDED));
        SessionJournal next = desk.open(ID);
        assertThat(next.isAcknowledged(DataEnd.NODE, 0)).isTrue();
        next.append(List.of(Wire.output(1)));
        assertThat(desk.sequences(ID)).containsExactly(0L, 1L);
        assertThat(stopped.openFiles()).isZero();
    }

    @Test
    void aSealEndsTheJournalAndSaysWhatIsInIt() throws Exception {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(Wire.output(0), Wire.input(0)));

        Seal seal = desk.journals.seal(ID, "EXITED", ENDED).orElseThrow();

        Verification.Verdict verdict = Verification.verify(desk.file(ID));
        assertThat(verdict.state()).isEqualTo(Verification.State.SEALED);
        assertThat(verdict.digest()).isEqualTo(seal.digest()).matches("[0-9a-f]{64}");
        assertThat(verdict.messages()).isEqualTo(seal.messages()).isEqualTo(2);
        assertThat(seal.bytes()).isEqualTo(Files.size(desk.file(ID)));
        failure(CommonError.SERVICE_AWAY, () -> journal.append(List.of(Wire.output(1))));
        failure(SessionError.SESSION_OVER, () -> desk.open(ID));
    }

    @Test
    void sealingAgainAnswersTheSameAndWritesNothing() throws Exception {
        desk.begin(ID).append(List.of(Wire.output(0)));
        Optional<Seal> seal = desk.journals.seal(ID, "EXITED", ENDED);
        byte[] sealed = Files.readAllBytes(desk.file(ID));
        desk.restart("machine-2");

        Optional<Seal> again = desk.journals.seal(ID, "TERMINATED", ENDED.plusSeconds(9));

        assertThat(again).isPresent().isEqualTo(seal);
        assertThat(Files.readAllBytes(desk.file(ID))).isEqualTo(sealed);
    }

    @Test
    void aJournalThatNobodyOpenedCanBeSealed() {
        desk.journals.begin(Desk.head(ID, false));

        assertThat(desk.journals.seal(ID, "NODE_SILENT", ENDED))
                .hasValueSatisfying(seal -> assertThat(seal.messages()).isZero());
    }

    @Test
    void aSealWritesWhatWasOnlyNoted() throws Exception {
        SessionJournal journal = desk.begin(ID);
        journal.append(List.of(Wire.output(0)));
        journal.acknowledged(DataEnd.NODE, 0);

        desk.journals.seal(ID, "EXITED", ENDED);

        assertThat(desk.records(ID, RecordType.ACKNOWLEDGED)).hasSize(1);
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.SEALED);
    }

    @Test
    void unknownSessionsHaveNoJournal() {
        assertThat(desk.journals.seal("nobody-1", "EXITED", ENDED)).isEmpty();
        assertThat(desk.journals.seal("../../etc/passwd", "EXITED", ENDED)).isEmpty();
        failure(SessionError.SESSION_UNKNOWN, () -> desk.open("nobody-1"));
        failure(SessionError.SESSION_UNKNOWN, () -> desk.open("../../etc/passwd"));
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        failure(CommonError.INVALID_ARGUMENT, () -> desk.journals.begin(Desk.head("../x", false)));
        failure(CommonError.INVALID_ARGUMENT, () -> desk.journals.begin(Desk.head(".x", true)));
        failure(CommonError.INVALID_ARGUMENT, () -> desk.journals.begin(Desk.head("", true)));
    }

    @Test
    void aSecondBeginOfASessionIsADefectAndLeavesTheFirst() {
        desk.begin(ID).append(List.of(Wire.output(0)));

        failure(CommonError.INTERNAL, () -> desk.journals.begin(Desk.head(ID, false)));
        failure(CommonError.INTERNAL, () -> desk.journals.begin(Desk.head(ID, true)));

        assertThat(desk.sequences(ID)).containsExactly(0L);
    }

    @Test
    void whatIsNoStreamMessageIsRefusedAndNothingOfTheCallWritten() {
        SessionJournal journal = desk.begin(ID);
        Entry garbage = new Entry(DataEnd.NODE, Wire.AT, ByteBuffer.wrap(new byte[130]));

        failure(CommonError.INVALID_ARGUMENT, () -> journal.append(List.of(Wire.output(0), garbage)));
        failure(CommonError.INVALID_ARGUMENT, () -> journal.append(List.of(Wire.output(-1))));
        failure(CommonError.INVALID_ARGUMENT, () -> journal.append(List.of(Wire.output(0, 1024 * 1024))));

        assertThat(desk.sequences(ID)).isEmpty();
        assertThat(journal.written(DataEnd.NODE, 0)).isFalse();
    }

    @Test
    void filesAndFoldersAreTheOwnersAlone() throws Exception {
        desk.begin(ID);

        assertThat(mode(desk.file(ID))).isEqualTo("rw-------");
        assertThat(mode(desk.file(ID).getParent())).isEqualTo("rwx------");
        assertThat(mode(desk.folder)).isEqualTo("rwx------");
        desk.journals.seal(ID, "EXITED", ENDED);
        assertThat(mode(desk.file(ID))).isEqualTo("r--------");
    }

    @Test
    void aCallOfManyMessagesIsWrittenWhole() {
        SessionJournal journal = desk.begin(ID);

        journal.append(LongStream.range(0, 5_000).mapToObj(Wire::output).toList());

        assertThat(desk.sequences(ID))
                .containsExactlyElementsOf(LongStream.range(0, 5_000).boxed().toList());
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
