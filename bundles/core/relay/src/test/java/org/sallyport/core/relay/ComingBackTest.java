package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** What an end gets that comes back, to the same life of the relay and to another. */
class ComingBackTest {
    private static final byte[] CHUNK = "x".repeat(40_000).getBytes(StandardCharsets.US_ASCII);

    private final Bench bench = new Bench();

    private static List<Long> numbers(Peer peer, String type) {
        return peer.connection().messages().stream()
                .filter(m -> m.type().equals(type))
                .map(m -> m.sequenceNumber())
                .toList();
    }

    private static List<Long> output(Peer client) {
        return numbers(client, MessageTypes.OUTPUT_STREAM_DATA);
    }

    private static int answers(Peer node) {
        return (int) node.connection().types().stream()
                .filter(MessageTypes.ACKNOWLEDGE::equals)
                .count();
    }

    @Test
    void aClientGetsWhatItDidNotAcknowledgeBeforeAnythingNewer() {
        Peer node = bench.node();
        Peer client = bench.client();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"), Wire.output(2, "c"));
        client.send(Wire.outputAcknowledged(1)).drop();
        node.send(Wire.output(3, "while away"), Wire.output(0, "a"));

        Peer back = bench.client();

        assertThat(output(back)).containsExactly(0L, 2L, 3L);
    }

    @Test
    void newerOutputWaitsUntilTheReplayIsThrough() {
        Peer node = bench.node();
        Peer client = bench.client();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"));
        client.drop();
        bench.diskHangs();
        Peer back = bench.client();

        node.send(Wire.output(2, "c"));
        assertThat(output(back)).isEmpty();
        bench.diskGoesOn();

        assertThat(output(back)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void theReplayIsReadAsFastAsTheClientTakesIt() {
        Peer node = bench.node();
        Peer client = bench.client();
        for (int i = 0; i < 20; i++) {
            node.send(Wire.output(i, PayloadType.OUTPUT, CHUNK));
        }
        client.drop();
        Peer back = bench.upgraded(java.util.Optional.empty());
        back.connection().stall();
        bench.open(back, "token");

        assertThat(back.connection().queuedBytes()).isLessThan(Marks.HIGH + OpenJournal.CHUNK_BYTES);
        back.flow();

        assertThat(output(back)).hasSize(20).isSorted();
    }

    @Test
    void aNodeGetsTheInputThatItDidNotAcknowledge() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.send(Wire.input(0, "a"), Wire.input(1, "b"));
        node.send(Wire.inputAcknowledged(0)).drop();
        client.send(Wire.input(2, "c"), Wire.input(1, "b"), Wire.input(0, "a"));

        Peer back = bench.node();

        assertThat(numbers(back, MessageTypes.INPUT_STREAM_DATA))
                .as("the last one for an acknowledgement that the client may have lost")
                .containsExactly(1L, 2L, 0L);
    }

    @Test
    void afterAKillBothEndsGetWhatWasWrittenAndNotAcknowledged() {
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"));
        client.send(Wire.input(0, "x"), Wire.outputAcknowledged(0), Wire.input(1, "y"));

        bench.kill();
        Peer nodeBack = bench.node();
        Peer clientBack = bench.client();

        assertThat(output(clientBack)).containsExactly(1L);
        assertThat(numbers(nodeBack, MessageTypes.INPUT_STREAM_DATA)).containsExactly(0L, 1L);
    }

    @Test
    void outputAcknowledgedInAnEarlierLifeIsAnsweredAtOnce() {
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, "a"));
        client.send(Wire.outputAcknowledged(0));
        node.send(Wire.output(1, "writes the note"));
        bench.kill();
        Peer clientBack = bench.client();
        Peer nodeBack = bench.node();

        nodeBack.send(Wire.output(0, "a"));

        assertThat(answers(nodeBack)).isEqualTo(1);
        assertThat(output(clientBack)).containsExactly(1L);
    }

    @Test
    void aSilentClientThatAcknowledgesNewerOutputHasTheOlder() {
        Peer node = bench.node();
        Peer client = bench.client();
        client.send(Wire.input(0, "typed, so it handles output"));
        node.send(Wire.output(0, "a"), Wire.output(1, "b"));
        client.drop();
        Peer back = bench.client();
        node.send(Wire.output(2, "c"));
        int before = answers(node);

        back.send(Wire.outputAcknowledged(2));

        assertThat(answers(node) - before).isEqualTo(3);
    }

    @Test
    void nothingIsConcludedOfOurOwnClientWhoseBrowserAnswersPingsWhileItsPageRests() {
        Peer node = bench.node();
        Peer client = bench.takingOver("client-1");
        client.send(Wire.input(0, "typed, so it handles output"));
        node.send(Wire.output(0, "a"));
        client.drop();

        Peer back = bench.takingOver("client-1");
        bench.time.advance(10 * ClientProgress.SETTLE_MILLIS);

        assertThat(back.connection().pings()).isEmpty();
        assertThat(answers(node)).isZero();
        assertThat(output(back)).containsExactly(0L);
        back.send(Wire.outputAcknowledged(0));
        assertThat(answers(node)).isEqualTo(1);
    }

    @Test
    void aSilentClientThatAnswersAPingHasWhatWasSentBefore() {
        Peer node = bench.node();
        Peer client = bench.client();
        client.send(Wire.input(0, "typed, so it handles output"));
        node.send(Wire.output(0, "a"));
        client.drop();
        Peer back = bench.client();
        assertThat(back.connection().pings()).hasSize(1);

        back.handler().pong(ByteBuffer.wrap(back.connection().pings().get(0)));
        bench.time.advance(ClientProgress.SETTLE_MILLIS - 1);
        assertThat(answers(node)).isZero();
        bench.time.advance(1);

        assertThat(answers(node)).isEqualTo(1);
        node.send(Wire.output(0, "a"));
        assertThat(output(back)).containsExactly(0L);
        assertThat(answers(node)).isEqualTo(2);
    }

    @Test
    void nothingFollowsForAClientThatMayNotHandleOutputYet() {
        Peer node = bench.node();
        Peer client = bench.client();
        node.send(Wire.output(0, "dropped, the terminal is not set up"));
        client.drop();

        Peer back = bench.client();

        assertThat(back.connection().pings()).isEmpty();
        node.send(Wire.output(1, "kept out of order"));
        back.send(Wire.outputAcknowledged(1));
        assertThat(answers(node)).isEqualTo(1);
    }

    @Test
    void aReplayedHandshakeIsHeldAsTheFirstOne() {
        bench.neighbours.sessionType = "Port";
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, PayloadType.HANDSHAKE_REQUEST, new byte[] {'{', '}'}));
        client.send(Wire.input(0, PayloadType.HANDSHAKE_RESPONSE, new byte[] {'{', '}'}));
        client.send(Wire.outputAcknowledged(0));
        node.send(Wire.inputAcknowledged(0));
        node.send(Wire.output(1, PayloadType.HANDSHAKE_COMPLETE, new byte[] {'{', '}'}), Wire.output(2, "banner"));
        client.drop();

        Peer back = bench.client();
        bench.time.advance(ClientQueue.HOLD_MILLIS);
        assertThat(output(back)).containsExactly(1L);
        bench.time.advance(ClientQueue.HOLD_MILLIS - 1);
        assertThat(output(back)).containsExactly(1L);
        bench.time.advance(1);

        assertThat(output(back)).containsExactly(1L, 2L);
    }

    @Test
    void outputAheadOfAGapInTheHandshakeWaitsForTheGap() {
        bench.neighbours.sessionType = "Port";
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, PayloadType.HANDSHAKE_REQUEST, new byte[] {'{', '}'}));
        client.send(Wire.outputAcknowledged(0));

        node.send(Wire.output(2, "banner"), Wire.output(3, "more"));
        assertThat(output(client)).containsExactly(0L);
        node.send(Wire.output(1, PayloadType.HANDSHAKE_COMPLETE, new byte[] {'{', '}'}));
        bench.time.advance(ClientQueue.HOLD_MILLIS);

        assertThat(output(client)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aGapThatNobodyFillsDoesNotStopTheSessionForGood() {
        bench.neighbours.sessionType = "Port";
        Peer client = bench.client();
        Peer node = bench.node();

        node.send(Wire.output(1, "a"), Wire.output(2, "b"));
        bench.time.advance(CatchUp.PATIENCE_MILLIS);
        assertThat(output(client)).isEmpty();
        node.send(Wire.output(3, "c"));

        assertThat(output(client)).contains(1L, 2L, 3L);
    }

    @Test
    void theEndWaitsForTheReplay() {
        Peer node = bench.node();
        Peer client = bench.client();
        node.send(Wire.output(0, "a"));
        client.drop();
        bench.diskHangs();
        Peer back = bench.client();

        bench.data.end(Bench.SESSION, "over", false);
        assertThat(back.connection().sent()).isEmpty();
        bench.diskGoesOn();
        back.send(Wire.outputAcknowledged(0));

        assertThat(back.connection().types())
                .containsExactly(MessageTypes.OUTPUT_STREAM_DATA, MessageTypes.CHANNEL_CLOSED);
    }

    @Test
    void repeatsDoNotCountAsTyped() {
        Peer client = bench.client();
        bench.node();
        client.send(Wire.input(0, "a"));
        long typed = bench.data.lastTyped(Bench.SESSION).orElseThrow();

        bench.time.advance(1_000);
        client.send(Wire.input(0, "a"));

        assertThat(bench.data.lastTyped(Bench.SESSION)).hasValue(typed);
    }
}
