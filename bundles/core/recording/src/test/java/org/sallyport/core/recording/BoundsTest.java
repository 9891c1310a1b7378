package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.recording.Errors.failure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.SessionError;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.kernel.session.DataEnd;

/** The index stays small and exact, whatever an end sends. */
class BoundsTest {
    private static final String ID = "alice-0123456789abcdef0";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
    }

    @Test
    void moreHolesThanTheBoundEndTheSessionAndForgetNothing() {
        SessionJournal journal = desk.begin(ID);
        journal.append(everySecond(JournalIndex.MAX_RANGES));

        String text = failure(
                SessionError.RECORDING_IMPOSSIBLE,
                () -> journal.append(List.of(Wire.output(2L * JournalIndex.MAX_RANGES))));

        assertThat(text).contains("holes");
        assertThat(desk.sequences(ID)).hasSize(JournalIndex.MAX_RANGES).doesNotHaveDuplicates();
        assertThat(journal.written(DataEnd.NODE, 2L * JournalIndex.MAX_RANGES)).isFalse();
        assertThat(journal.written(DataEnd.NODE, 0)).isTrue();
    }

    @Test
    void aJournalThatFailsOpenCountsWhatIsBeyondTheBound() {
        desk.journals.begin(Desk.head(ID, true));
        SessionJournal journal = desk.open(ID);
        journal.append(everySecond(JournalIndex.MAX_RANGES));

        journal.append(List.of(Wire.output(2L * JournalIndex.MAX_RANGES)));
        desk.clock.advance(Duration.ofSeconds(2));
        desk.journals.tick();

        assertThat(desk.sequences(ID)).hasSize(JournalIndex.MAX_RANGES);
        assertThat(desk.records(ID, RecordType.GAP)).hasSize(1);
    }

    @Test
    void moreThanAnAgentKeepsWithoutAcknowledgementEndsTheSession() {
        SessionJournal journal = desk.begin(ID);
        journal.append(LongStream.range(0, JournalIndex.MAX_UNACKNOWLEDGED)
                .mapToObj(n -> Wire.output(n, 1))
                .toList());

        failure(
                SessionError.RECORDING_IMPOSSIBLE,
                () -> journal.append(List.of(Wire.output(JournalIndex.MAX_UNACKNOWLEDGED))));
        journal.acknowledged(DataEnd.NODE, 0);

        journal.append(List.of(Wire.output(JournalIndex.MAX_UNACKNOWLEDGED)));
        assertThat(journal.written(DataEnd.NODE, JournalIndex.MAX_UNACKNOWLEDGED))
                .isTrue();
    }

    @Test
    void acknowledgementsBeyondTheBoundAreNotNotedAndOthersStay() {
        SessionJournal journal = desk.begin(ID);
        for (long n = 0; n <= JournalIndex.MAX_RANGES; n++) {
            journal.acknowledged(DataEnd.NODE, 2 * n);
        }
        journal.acknowledged(DataEnd.NODE, -5);
        journal.acknowledged(DataEnd.NODE, Long.MAX_VALUE);

        assertThat(journal.isAcknowledged(DataEnd.NODE, 0)).isTrue();
        assertThat(journal.isAcknowledged(DataEnd.NODE, 2L * JournalIndex.MAX_RANGES))
                .isFalse();
        journal.acknowledged(DataEnd.NODE, 1);
        assertThat(journal.isAcknowledged(DataEnd.NODE, 1)).isTrue();
        journal.close();
        assertThat(desk.open(ID).isAcknowledged(DataEnd.NODE, 2L * (JournalIndex.MAX_RANGES - 1)))
                .isTrue();
    }

    private static List<Entry> everySecond(int count) {
        return LongStream.range(0, count).mapToObj(n -> Wire.output(2 * n)).toList();
    }
}
