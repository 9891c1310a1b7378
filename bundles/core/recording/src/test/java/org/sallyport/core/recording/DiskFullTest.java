package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.recording.Errors.failure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.test.contract.TinyDisk;

/** A disk that is full, on a real file system of one MiB. */
class DiskFullTest {
    private static final String ID = "alice-0123456789abcdef0";

    @TempDir
    Path folder;

    private TinyDisk disk;
    private Desk desk;

    @BeforeEach
    void mount() throws Exception {
        disk = TinyDisk.mount(folder.resolve("disk"));
        desk = new Desk(disk.folder().resolve("journals"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.unmount();
        }
    }

    @Test
    void aJournalThatFailsClosedKeepsWhatItSaidAndNothingOfTheCallThatFailed() throws Exception {
        SessionJournal journal = desk.begin(ID);
        long said = 0;
        String text = "";
        for (long n = 0; text.isEmpty(); n += 3) {
            try {
                journal.append(List.of(Wire.output(n, 20_000), Wire.output(n + 1, 20_000), Wire.output(n + 2, 20_000)));
                said = n + 3;
            } catch (SallyportException e) {
                assertThat(e.code()).isEqualTo(SessionError.RECORDING_IMPOSSIBLE);
                text = e.getMessage();
            }
        }

        assertThat(text).contains(ID).containsIgnoringCase("no space left");
        assertThat(said).isGreaterThan(20);
        assertThat(desk.sequences(ID)).hasSize((int) said);
        assertThat(journal.written(DataEnd.NODE, said - 1)).isTrue();
        assertThat(journal.written(DataEnd.NODE, said)).isFalse();
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.OPEN);
    }

    @Test
    void aSealIsTriedAgainWhenThereIsRoom() throws Exception {
        SessionJournal journal = desk.begin(ID);
        // up to the last bytes of a page, which the file would have to itself even on a full disk
        int message = JournalFormat.RECORD_HEADER + Wire.output(0, 0).frame().remaining();
        journal.append(List.of(Wire.output(0, (int) (4_090 - (Files.size(desk.file(ID)) + message) % 4_096))));
        assertThat(Files.size(desk.file(ID)) % 4_096).isEqualTo(4_090);
        disk.fill();
        failure(SessionError.RECORDING_IMPOSSIBLE, () -> journal.append(List.of(Wire.output(1, 20_000))));

        failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.journals.seal(ID, "RECORDING_FAILED", Instant.EPOCH));
        disk.free();

        assertThat(desk.journals.seal(ID, "RECORDING_FAILED", Instant.EPOCH))
                .hasValueSatisfying(seal -> assertThat(seal.messages()).isEqualTo(1));
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.SEALED);
        assertThat(gap().number("messages")).isZero();
    }

    @Test
    void aJournalThatFailsOpenLetsPassAndMarksTheGap() throws Exception {
        desk.journals.begin(Desk.head(ID, true));
        SessionJournal journal = desk.open(ID);
        journal.append(List.of(Wire.output(0)));
        disk.fill();
        long full = Files.size(desk.file(ID));

        journal.append(List.of(Wire.output(1, 20_000), Wire.output(2)));
        journal.append(List.of(Wire.output(3), Wire.output(1, 20_000)));

        assertThat(journal.written(DataEnd.NODE, 1)).isTrue();
        assertThat(journal.written(DataEnd.NODE, 3)).isTrue();
        assertThat(journal.written(DataEnd.NODE, 4)).isFalse();
        assertThat(journal.unacknowledged(DataEnd.NODE, 0, 1_000_000))
                .containsExactly(Wire.output(0).frame());
        assertThat(Files.size(desk.file(ID))).isEqualTo(full);

        disk.free();
        journal.append(List.of(Wire.output(4)));
        assertThat(desk.sequences(ID))
                .as("it is not tried before a second is over")
                .containsExactly(0L);
        desk.clock.advance(Duration.ofSeconds(1));
        journal.append(List.of(Wire.output(5)));

        assertThat(desk.sequences(ID)).containsExactly(0L, 5L);
        assertThat(gap().number("messages")).isEqualTo(4);
        assertThat(gap().text("why")).containsIgnoringCase("no space left");
        assertThat(gap().text("from")).isEqualTo(Instant.ofEpochMilli(Wire.AT).toString());
        assertThat(gap().text("until"))
                .isEqualTo(Instant.ofEpochMilli(Wire.AT + 1_000).toString());
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.OPEN);
    }

    @Test
    void theGapOfAnIdleSessionIsWrittenAsSoonAsThereIsRoom() throws Exception {
        desk.journals.begin(Desk.head(ID, true));
        SessionJournal journal = desk.open(ID);
        disk.fill();
        journal.append(List.of(Wire.output(0, 20_000)));
        disk.free();

        desk.clock.advance(Duration.ofSeconds(1));
        desk.journals.tick();

        assertThat(desk.records(ID, RecordType.GAP)).hasSize(1);
    }

    @Test
    void afterARestartMessagesOfAGapAreUnknown() throws Exception {
        desk.journals.begin(Desk.head(ID, true));
        SessionJournal journal = desk.open(ID);
        disk.fill();
        journal.append(List.of(Wire.output(0, 20_000)));
        disk.free();
        desk.restart("machine-1");

        SessionJournal again = desk.open(ID);

        assertThat(again.written(DataEnd.NODE, 0)).isFalse();
        again.append(List.of(Wire.output(0, 20_000)));
        assertThat(desk.sequences(ID)).containsExactly(0L);
    }

    @Test
    void aJournalThatFailsOpenIsMadeAsSoonAsTheDiskTakesIt() throws Exception {
        disk.fill();
        desk.journals.begin(Desk.head(ID, true));
        desk.journals.begin(Desk.head("bob-1", true));
        SessionJournal journal = desk.open(ID);
        journal.append(List.of(Wire.output(0)));
        assertThat(journal.written(DataEnd.NODE, 0)).isTrue();
        assertThat(desk.file(ID)).doesNotExist();

        disk.free();
        desk.clock.advance(Duration.ofSeconds(1));
        desk.journals.tick();

        journal.append(List.of(Wire.output(1)));
        assertThat(desk.sequences(ID)).containsExactly(1L);
        assertThat(gap().number("messages")).isEqualTo(1);
        assertThat(desk.records("bob-1"))
                .extracting(JournalRecord::type)
                .containsExactly(RecordType.HEAD, RecordType.OPENED, RecordType.GAP);
        assertThat(desk.open("bob-1").lives()).isEqualTo(2);
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.OPEN);
    }

    @Test
    void noSessionBeginsOnAFullDiskAndNothingIsLeftBehind() throws Exception {
        desk.begin("first-1");
        disk.fill();

        failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.journals.begin(Desk.head(ID, false)));

        disk.free();
        assertThat(desk.file(ID)).doesNotExist();
        desk.begin(ID).append(List.of(Wire.output(0)));
    }

    @Test
    void noSessionBeginsBelowTheReserveUnlessItFailsOpen() {
        desk.reserveMib = 2;

        String text = failure(SessionError.RECORDING_IMPOSSIBLE, () -> desk.journals.begin(Desk.head(ID, false)));
        desk.journals.begin(Desk.head("bob-1", true));

        assertThat(text)
                .containsPattern("[01] MiB are free and 2 are kept back")
                .contains("reserve.mib");
        assertThat(desk.file(ID)).doesNotExist();
        assertThat(desk.file("bob-1")).exists();
    }

    private JsonFields gap() throws Exception {
        List<JournalRecord> gaps = desk.records(ID, RecordType.GAP);
        assertThat(gaps).hasSize(1);
        return JsonText.parse(gaps.get(0).payload().array(), "gap");
    }
}
