package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** Messages pass at once, acknowledgements when the record is kept. */
class JournalGateTest {
    private static final byte[] CHUNK = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    private final Bench bench = new Bench();
    private final Peer client = bench.client();
    private final Peer node = bench.node();

    private List<byte[]> recorded() {
        return bench.neighbours.journals.stored(Bench.SESSION).messages;
    }

    private static List<String> without(Peer peer, String type) {
        return peer.connection().types().stream().filter(t -> !t.equals(type)).toList();
    }

    @Test
    void dataPassesBeforeItIsWrittenAndItsAcknowledgementAfterIt() {
        bench.diskHangs();
        byte[] output = Wire.output(0, "x");
        byte[] input = Wire.input(0, "a");

        node.send(output);
        client.send(input, Wire.outputAcknowledged(0));
        node.send(Wire.inputAcknowledged(0));
        assertThat(client.connection().sent()).containsExactly(output);
        assertThat(without(node, MessageTypes.START_PUBLICATION)).containsExactly(MessageTypes.INPUT_STREAM_DATA);
        bench.diskGoesOn();

        assertThat(client.connection().types()).endsWith(MessageTypes.ACKNOWLEDGE);
        assertThat(node.connection().types()).endsWith(MessageTypes.ACKNOWLEDGE);
        assertThat(recorded()).containsExactly(output, input);
    }

    @Test
    void acknowledgementsOfWhatIsWrittenDoNotWait() {
        node.send(Wire.output(0, "x"));
        bench.diskHangs();
        node.send(Wire.output(1, "y"));

        client.send(Wire.outputAcknowledged(1), Wire.outputAcknowledged(0));

        assertThat(without(node, MessageTypes.START_PUBLICATION)).containsExactly(MessageTypes.ACKNOWLEDGE);
    }

    @Test
    void repeatsAreRecordedOnce() {
        byte[] output = Wire.output(0, "x");
        byte[] input = Wire.input(0, "a");

        node.send(output, output);
        client.send(input, input);

        assertThat(recorded()).containsExactly(output, input);
        assertThat(client.connection().sent()).hasSize(2);
    }

    @Test
    void anAcknowledgementOfAnUnseenMessageWaitsForTheMessage() {
        client.send(Wire.outputAcknowledged(0));
        assertThat(node.connection().types()).containsExactly(MessageTypes.START_PUBLICATION);

        node.send(Wire.output(0, "lost on the way to the journal"));

        assertThat(without(node, MessageTypes.START_PUBLICATION)).containsExactly(MessageTypes.ACKNOWLEDGE);
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void acknowledgementsThatNameNoMessageOfTheOtherEndDoNotPass() {
        node.send(Wire.output(0, "x"));

        client.send(Wire.inputAcknowledged(0));
        node.send(Wire.outputAcknowledged(0));

        assertThat(client.connection().types()).containsExactly(MessageTypes.OUTPUT_STREAM_DATA);
        assertThat(without(node, MessageTypes.START_PUBLICATION)).isEmpty();
    }

    @Test
    void messagesWithNegativeNumbersDoNotPass() {
        node.send(Wire.output(-1, "x"));
        client.send(Wire.input(Long.MIN_VALUE, "a"));

        assertThat(client.connection().sent()).isEmpty();
        assertThat(recorded()).isEmpty();
    }

    @Test
    void aJournalThatFailsEndsTheSessionAndNothingPassesUnrecorded() {
        bench.neighbours.journals.impossible = "The disk is full.";

        node.send(Wire.output(0, "x"));
        client.send(Wire.outputAcknowledged(0), Wire.input(0, "a"));

        assertThat(bench.neighbours.told).contains("recordingFailed The disk is full.");
        assertThat(without(node, MessageTypes.START_PUBLICATION)).isEmpty();
        bench.data.end(Bench.SESSION, "The disk is full.", true);
        bench.time.advance(PairedSession.DRAIN_MILLIS);
        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
    }

    @Test
    void aFailureIsReportedAgainUntilTheSessionEnds() {
        bench.neighbours.journals.impossible = "The disk is full.";
        node.send(Wire.output(0, "x"));
        bench.neighbours.told.clear();

        bench.time.advance(30_000);
        assertThat(bench.neighbours.told).contains("recordingFailed The disk is full.");
        bench.data.end(Bench.SESSION, "", true);
        bench.time.advance(PairedSession.DRAIN_MILLIS);
        bench.neighbours.told.clear();
        bench.time.advance(60_000);

        assertThat(bench.neighbours.told).isEmpty();
    }

    @Test
    void aDiskThatHangsStopsBothEndsAndAfterThirtySecondsEndsTheSession() {
        bench.diskHangs();
        for (int i = 0; i < 3; i++) {
            client.send(Wire.input(i, PayloadType.OUTPUT, CHUNK));
        }
        assertThat(client.connection().paused()).isTrue();
        assertThat(node.connection().types()).endsWith(MessageTypes.PAUSE_PUBLICATION);

        bench.time.advance(JournalWork.STUCK_MILLIS - 1);
        assertThat(bench.neighbours.told).noneMatch(t -> t.startsWith("recordingFailed"));
        bench.time.advance(1);
        assertThat(bench.neighbours.told).anyMatch(t -> t.startsWith("recordingFailed"));
        bench.data.end(Bench.SESSION, "", true);
        bench.time.advance(PairedSession.DRAIN_MILLIS);

        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
        bench.diskGoesOn();
        assertThat(bench.neighbours.journals.holders())
                .as("closed by the thread that hung")
                .isZero();
    }

    @Test
    void bothEndsGoOnWhenTheDiskDoes() {
        bench.diskHangs();
        for (int i = 0; i < 3; i++) {
            client.send(Wire.input(i, PayloadType.OUTPUT, CHUNK));
        }

        bench.diskGoesOn();

        assertThat(client.connection().paused()).isFalse();
        assertThat(node.connection().types()).endsWith(MessageTypes.START_PUBLICATION);
        assertThat(recorded()).hasSize(3);
    }

    @Test
    void whatWaitsForADiskThatHangsIsBounded() {
        bench.diskHangs();
        for (int i = 0; i < 60; i++) {
            node.send(Wire.output(i, PayloadType.OUTPUT, CHUNK));
            client.send(Wire.input(i, PayloadType.OUTPUT, CHUNK));
        }

        assertThat(client.connection().sent()).hasSizeLessThan(12);
        bench.diskGoesOn();
        assertThat(FakeJournals.size(recorded())).isLessThanOrEqualTo(Marks.HARD);
    }

    @Test
    void aRecordingThatIsBeingReplacedStopsNothingAndLosesNothing() {
        node.send(Wire.output(0, "before"));
        bench.neighbours.journals = bench.neighbours.journals.successor();
        bench.neighbours.journalsAway = true;

        node.send(Wire.output(1, "meanwhile"));
        client.send(Wire.outputAcknowledged(1));
        assertThat(client.connection().sent()).hasSize(2);
        bench.time.advance(120_000);
        assertThat(without(node, MessageTypes.START_PUBLICATION)).isEmpty();
        bench.neighbours.journalsAway = false;
        bench.time.advance(JournalWork.RETRY_MILLIS);

        assertThat(without(node, MessageTypes.START_PUBLICATION)).containsExactly(MessageTypes.ACKNOWLEDGE);
        assertThat(recorded()).hasSize(2);
        assertThat(bench.neighbours.told).noneMatch(t -> t.startsWith("recordingFailed"));
    }

    @Test
    void aGapThatTheJournalNotesLetsTheSessionGoOn() {
        bench.neighbours.journals.gaps = true;

        node.send(Wire.output(0, "not recorded"));
        client.send(Wire.outputAcknowledged(0));

        assertThat(without(node, MessageTypes.START_PUBLICATION)).containsExactly(MessageTypes.ACKNOWLEDGE);
    }

    @Test
    void aSessionIsHeldUntilAllIsWrittenAndItsJournalClosed() {
        bench.diskHangs();
        node.send(Wire.output(0, "last words"));

        bench.data.end(Bench.SESSION, "", false);
        bench.time.advance(PairedSession.DRAIN_MILLIS);
        assertThat(client.connection().types()).endsWith(MessageTypes.CHANNEL_CLOSED);
        assertThat(bench.data.holds(Bench.SESSION)).isTrue();
        assertThat(bench.data.attached(Bench.SESSION)).isEmpty();
        bench.diskGoesOn();

        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
        assertThat(recorded()).hasSize(1);
        assertThat(bench.neighbours.journals.holders()).isZero();
    }

    @Test
    void aServerThatStopsWritesWhatWaits() {
        bench.diskHangs();
        node.send(Wire.output(0, "x"));
        client.send(Wire.input(0, "a"));
        bench.diskGoesOn();
        client.send(Wire.outputAcknowledged(0));

        bench.data.stop(10_000);

        assertThat(recorded()).hasSize(2);
        assertThat(bench.neighbours.journals.holders()).isZero();
        assertThat(bench.neighbours.journals.open(Bench.SESSION).isAcknowledged(DataEnd.NODE, 0))
                .isTrue();
    }

    @Test
    void aServerMayStopWhileASessionCloses() {
        bench.diskHangs();
        node.send(Wire.output(0, "last words"));
        bench.data.end(Bench.SESSION, "", false);
        bench.time.advance(PairedSession.DRAIN_MILLIS);

        bench.data.stop(0);
        bench.diskGoesOn();

        assertThat(bench.data.holds(Bench.SESSION)).isFalse();
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void whoeverComesToAServerThatStopsIsNotToldAnEnd() {
        bench.data.stop(10_000);

        Peer late = bench.client();

        assertThat(late.connection().closed()).isTrue();
        assertThat(late.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
    }
}
