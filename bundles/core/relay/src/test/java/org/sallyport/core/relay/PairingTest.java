package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

class PairingTest {
    private final Bench bench = new Bench();

    @Test
    void aClientThatAsksWhetherAnybodyIsHereGetsItsQuestionBackAndTheNodeNothing() {
        Peer client = bench.client();
        byte[] question = probe(0);

        client.send(question, probe(MessageTypes.MAX_PROBE));

        assertThat(client.connection().messages())
                .filteredOn(message -> message.type().equals(MessageTypes.SESSION_PROBE))
                .singleElement()
                .extracting(AgentMessage::encode)
                .isEqualTo(question);
        Peer node = bench.node();
        client.send(question);
        assertThat(node.connection().types()).doesNotContain(MessageTypes.SESSION_PROBE);
    }

    private static byte[] probe(int payload) {
        return new AgentMessage(MessageTypes.SESSION_PROBE, 1, 1, 0, 0, UUID.randomUUID(), 0, new byte[payload])
                .encode();
    }

    @Test
    void framesPassUnchangedAndInOrderBothWaysDuplicatesIncluded() {
        Peer client = bench.client();
        Peer node = bench.node();
        byte[] second = Wire.input(1, "b");
        List<byte[]> fromClient = List.of(Wire.input(0, "a"), second, second, Wire.outputAcknowledged(0));
        List<byte[]> fromNode = List.of(Wire.output(0, "x"), Wire.inputAcknowledged(0), Wire.output(2, "z"));

        client.send(fromClient.get(0));
        fromNode.forEach(node::send);
        fromClient.subList(1, 4).forEach(client::send);

        assertThat(withoutPublication(node)).containsExactlyElementsOf(fromClient);
        assertThat(client.connection().sent()).containsExactlyElementsOf(fromNode);
    }

    @Test
    void onlyTheMessagesOfTheRoutingTablePass() {
        Peer client = bench.client();
        Peer node = bench.node();
        byte[] unknown = new AgentMessage("made_up", 1, 1, 0, 0, UUID.randomUUID(), 0, new byte[0]).encode();

        client.send(unknown, Wire.output(0, "not a client's"), Wire.state("Connected"), new byte[] {1, 2, 3});
        node.send(unknown, Wire.input(0, "not a node's"), Wire.state("Connected"), new byte[200]);

        assertThat(client.connection().sent()).isEmpty();
        assertThat(withoutPublication(node)).isEmpty();
    }

    @Test
    void framesRightBehindTheTokenAreNotLostAndStayInOrder() {
        Peer node = bench.node();
        bench.neighbours.away = true;
        Peer client = bench.client();
        client.send(Wire.input(0, "a"), Wire.input(1, "b"));

        assertThat(withoutPublication(node)).isEmpty();
        bench.neighbours.away = false;
        bench.time.advance(Calls.RETRY_MILLIS);

        assertThat(node.connection().messages())
                .filteredOn(m -> m.type().equals(MessageTypes.INPUT_STREAM_DATA))
                .extracting(AgentMessage::text)
                .containsExactly("a", "b");
    }

    @Test
    void theNodeIsToldToPublishWhenTheClientIsThereAndNothingIsToldToTheClient() {
        Peer node = bench.node();
        assertThat(node.connection().types()).isEmpty();

        Peer client = bench.client();

        assertThat(node.connection().types()).containsExactly(MessageTypes.START_PUBLICATION);
        assertThat(client.connection().sent()).isEmpty();
        assertThat(bench.neighbours.told).containsExactly("attached NODE", "attached CLIENT");
        assertThat(bench.data.attached(Bench.SESSION)).containsExactlyInAnyOrder(DataEnd.CLIENT, DataEnd.NODE);
    }

    @Test
    void aNewConnectionReplacesTheOldOneOfItsEnd() {
        Peer node = bench.node();
        Peer old = bench.client();
        Peer fresh = bench.client();

        node.send(Wire.output(0, "x"));
        old.send(Wire.input(0, "from the old one"));
        old.drop();

        assertThat(old.connection().closed()).isTrue();
        assertThat(old.connection().sent()).isEmpty();
        assertThat(fresh.connection().sent()).hasSize(1);
        assertThat(withoutPublication(node)).isEmpty();
        assertThat(bench.neighbours.told).doesNotContain("detached CLIENT");
        assertThat(bench.data.attached(Bench.SESSION)).hasSize(2);
    }

    @Test
    void theTapSeesEachFrameBeforeItsPeerAndCannotBreakTheSession() {
        List<String> seen = new ArrayList<>();
        Peer client = bench.client();
        Peer node = bench.node();
        bench.neighbours.taps.add((session, from, header, frame) -> {
            throw new IllegalStateException("a broken tap");
        });
        bench.neighbours.taps.add(
                (session, from, header, frame) -> seen.add(session + " " + from + " " + header.sequenceNumber()
                        + " after " + client.connection().sent().size()));

        node.send(Wire.output(0, "x"), Wire.output(1, "y"));
        client.send(Wire.input(0, "a"));

        assertThat(seen).containsExactly("s-1 NODE 0 after 0", "s-1 NODE 1 after 1", "s-1 CLIENT 0 after 2");
        assertThat(client.connection().sent()).hasSize(2);
    }

    @Test
    void onlyWhatAPersonTypesCountsAsTyped() {
        Peer client = bench.client();
        bench.node();
        client.send(Wire.input(0, PayloadType.SIZE, "{\"cols\":80,\"rows\":24}".getBytes(StandardCharsets.UTF_8)));
        client.send(Wire.outputAcknowledged(0));
        assertThat(bench.data.lastTyped(Bench.SESSION)).isEmpty();

        client.send(Wire.input(1, "l"));

        assertThat(bench.data.lastTyped(Bench.SESSION)).hasValue(bench.time.epochMillis());
    }

    @Test
    void theNodesLastStateIsReportedAndNotPassed() {
        Peer client = bench.client();
        Peer node = bench.node();

        node.send(Wire.output(0, "x"), Wire.state("Terminating"));

        assertThat(bench.neighbours.told).endsWith("nodeFinished EXITED");
        assertThat(client.connection().types()).containsExactly(MessageTypes.OUTPUT_STREAM_DATA);
    }

    @Test
    void theClientsLastWordReachesTheNodeWhenItsSocketIsGoneAlready() {
        Peer node = bench.node();
        bench.neighbours.away = true;
        Peer client = bench.client();
        client.send(Wire.input(0, PayloadType.FLAG, new byte[] {0, 0, 0, 2}));
        client.drop();
        bench.neighbours.away = false;

        bench.time.advance(Calls.RETRY_MILLIS);

        assertThat(node.connection().types())
                .containsExactly(
                        MessageTypes.START_PUBLICATION, MessageTypes.INPUT_STREAM_DATA, MessageTypes.PAUSE_PUBLICATION);
        assertThat(bench.neighbours.told)
                .containsExactly("attached NODE", "attached CLIENT", "clientFinished", "detached CLIENT");
    }

    @Test
    void anotherFlagDoesNotEndTheSession() {
        Peer client = bench.client();
        bench.node();

        client.send(
                Wire.input(0, PayloadType.FLAG, new byte[] {0, 0, 0, 1}),
                Wire.input(1, PayloadType.FLAG, new byte[] {0, 0, 2}),
                Wire.input(2, PayloadType.OUTPUT, new byte[] {0, 0, 0, 2}));

        assertThat(bench.neighbours.told).doesNotContain("clientFinished");
    }

    @Test
    void inputWaitsForANodeThatIsAwayAndThenPassesInOrder() {
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, "x")).drop();

        client.send(Wire.input(0, "a"), Wire.outputAcknowledged(0), Wire.input(1, "b"));
        Peer back = bench.node();

        assertThat(back.connection().types())
                .containsExactly(
                        MessageTypes.INPUT_STREAM_DATA,
                        MessageTypes.ACKNOWLEDGE,
                        MessageTypes.INPUT_STREAM_DATA,
                        MessageTypes.START_PUBLICATION);
        assertThat(client.connection().paused()).isFalse();
    }

    @Test
    void aClientIsNotReadWhileTooMuchWaitsForItsNode() {
        Peer client = bench.client();
        byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

        client.send(Wire.input(0, PayloadType.OUTPUT, large), Wire.input(1, PayloadType.OUTPUT, large));
        assertThat(client.connection().paused()).isFalse();
        client.send(Wire.input(2, PayloadType.OUTPUT, large));
        assertThat(client.connection().paused()).isTrue();
        Peer node = bench.node();

        assertThat(client.connection().paused()).isFalse();
        assertThat(withoutPublication(node)).hasSize(3);
    }

    @Test
    void aConnectionWithoutTokenIsClosedAfterFifteenSeconds() {
        Peer silent = bench.upgraded(Optional.empty());
        Peer spoke = bench.client();

        bench.time.advance(DataChannel.OPEN_LIMIT_MILLIS - 1);
        assertThat(silent.connection().closed()).isFalse();
        bench.time.advance(1);

        assertThat(silent.connection().closed()).isTrue();
        assertThat(spoke.connection().closed()).isFalse();
    }

    private static List<byte[]> withoutPublication(Peer node) {
        List<byte[]> sent = new ArrayList<>(node.connection().sent());
        List<String> types = node.connection().types();
        for (int i = types.size() - 1; i >= 0; i--) {
            if (types.get(i).endsWith("_publication")) {
                sent.remove(i);
            }
        }
        return sent;
    }
}
