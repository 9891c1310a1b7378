package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.SessionPosition;

/** A session that goes on with another client. */
class TakeOverTest {
    private final Bench bench = new Bench();

    @Test
    void theNewClientLearnsTheStateFirstAndGetsWhatTheOldOneDidNotAcknowledge() throws Exception {
        Peer node = bench.node();
        Peer old = bench.client();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"), Wire.output(2, "c"));
        old.send(Wire.input(0, "x"), Wire.input(1, "y"), Wire.outputAcknowledged(0), Wire.outputAcknowledged(1));

        Peer fresh = bench.takingOver("client-2");
        node.send(Wire.output(3, "d"));

        assertThat(position(fresh)).isEqualTo(new SessionPosition(2, 2));
        assertThat(output(fresh)).containsExactly("2 c", "3 d");
    }

    @Test
    void theOldClientIsToldAndNothingOfItPassesAnyMore() throws Exception {
        Peer node = bench.node();
        Peer old = bench.client();
        node.send(Wire.output(0, "a"));

        bench.takingOver("client-2");
        old.send(Wire.outputAcknowledged(0), Wire.input(0, "typed too late"));

        List<AgentMessage> told = old.connection().messages();
        AgentMessage last = told.get(told.size() - 1);
        assertThat(last.type()).isEqualTo(MessageTypes.CHANNEL_CLOSED);
        assertThat(ChannelClosed.parse(last.payload()).output()).contains("another terminal");
        assertThat(node.connection().types()).doesNotContain(MessageTypes.INPUT_STREAM_DATA, MessageTypes.ACKNOWLEDGE);
        bench.time.advance(60_000);
        assertThat(old.connection().closed()).isTrue();
        assertThat(bench.neighbours.told).doesNotContain("detached CLIENT");
    }

    @Test
    void theOldClientThatWantsNoticesHearsItByOne() throws Exception {
        bench.node();
        bench.client();
        Peer second = bench.takingOver("client-2");

        bench.takingOver("client-3");

        List<AgentMessage> told = second.connection().messages();
        assertThat(told.subList(1, told.size()))
                .extracting(AgentMessage::type)
                .containsExactly(MessageTypes.SESSION_NOTICE, MessageTypes.CHANNEL_CLOSED);
        SessionNotice notice = SessionNotice.parse(told.get(1).payload());
        assertThat(notice.kind()).isEqualTo(SessionNotice.TAKEN_OVER);
        assertThat(notice.text()).contains("another terminal");
    }

    @Test
    void aClientWhoseStateWasLostOnTheWayAsksAgainAndDoesNotHearOfItself() throws Exception {
        Peer node = bench.node();
        bench.client();
        Peer first = bench.takingOver("client-2");

        Peer again = bench.takingOver("client-2");
        node.send(Wire.output(0, "a"));

        assertThat(first.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
        assertThat(position(again)).isEqualTo(new SessionPosition(0, 0));
        assertThat(output(again)).containsExactly("0 a");
    }

    @Test
    void aGapThatTheOldClientFilledForItselfDoesNotStopTheNewOne() throws Exception {
        Peer node = bench.node();
        Peer old = bench.client();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"), Wire.output(2, "c"));
        old.send(Wire.outputAcknowledged(0), Wire.outputAcknowledged(2));

        Peer fresh = bench.takingOver("client-2");

        assertThat(position(fresh).output()).isEqualTo(1);
        assertThat(output(fresh)).containsExactlyInAnyOrder("1 b", "2 ");
    }

    @Test
    void aGapThatTheOldClientLeftDoesNotStopTheNode() throws Exception {
        Peer node = bench.node();
        Peer old = bench.client();
        old.send(Wire.input(0, "x"), Wire.input(2, "z"));

        Peer fresh = bench.takingOver("client-2");
        fresh.send(Wire.input(3, "new"));

        assertThat(position(fresh).input()).isEqualTo(3);
        assertThat(node.connection().messages().stream()
                        .filter(m -> m.type().equals(MessageTypes.INPUT_STREAM_DATA))
                        .map(m -> m.sequenceNumber() + " " + m.text())
                        .distinct())
                .containsExactlyInAnyOrder("0 x", "2 z", "1 ", "3 new");
    }

    @Test
    void theStateIsThatOfTheJournalAfterTheServerWasKilled() throws Exception {
        Peer node = bench.node();
        Peer old = bench.client();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"));
        old.send(Wire.input(0, "x"), Wire.input(1, "y"), Wire.outputAcknowledged(0));
        node.send(Wire.inputAcknowledged(0));
        bench.time.advance(2_000);
        bench.kill();

        bench.node();
        Peer fresh = bench.takingOver("client-2");

        assertThat(position(fresh).input()).isEqualTo(2);
        assertThat(output(fresh)).contains("1 b");
    }

    private static SessionPosition position(Peer client) throws Exception {
        AgentMessage first = client.connection().messages().get(0);
        assertThat(first.type()).isEqualTo(MessageTypes.SESSION_POSITION);
        return SessionPosition.parse(first.payload());
    }

    private static List<String> output(Peer client) {
        return client.connection().messages().stream()
                .filter(m -> m.type().equals(MessageTypes.OUTPUT_STREAM_DATA))
                .map(m -> m.sequenceNumber() + " " + new String(m.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
