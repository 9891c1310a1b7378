package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MessageTypes;

class EndTest {
    private final Bench bench = new Bench();

    private static String lastText(Peer peer) throws Exception {
        List<AgentMessage> messages = peer.connection().messages();
        AgentMessage last = messages.get(messages.size() - 1);
        assertThat(last.type()).isEqualTo(MessageTypes.CHANNEL_CLOSED);
        return ChannelClosed.parse(last.payload()).output();
    }

    @Test
    void theClientIsToldOnlyAfterItAcknowledgedTheLastOutput() throws Exception {
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, "a"), Wire.output(1, "b"));
        client.send(Wire.outputAcknowledged(1));

        bench.data.end(Bench.SESSION, "Session ended by somebody", false);
        bench.time.advance(1_000);
        assertThat(client.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
        client.send(Wire.outputAcknowledged(0));

        assertThat(lastText(client)).isEqualTo("Session ended by somebody");
        assertThat(node.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
    }

    @Test
    void theEndWaitsAtMostTwoSecondsForAcknowledgements() throws Exception {
        Peer client = bench.client();
        bench.node().send(Wire.output(0, "a"));

        bench.data.end(Bench.SESSION, "", false);
        bench.time.advance(PairedSession.DRAIN_MILLIS - PairedSession.DRAIN_CHECK_MILLIS);
        assertThat(client.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
        bench.time.advance(PairedSession.DRAIN_CHECK_MILLIS);

        assertThat(lastText(client)).isEmpty();
    }

    @Test
    void outputThatIsStillInTheSocketsQueueHoldsTheEndBack() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();
        node.send(Wire.output(0, "a"));
        client.send(Wire.outputAcknowledged(0));

        bench.data.end(Bench.SESSION, "", false);
        assertThat(client.connection().types()).doesNotContain(MessageTypes.CHANNEL_CLOSED);
        client.flow();

        assertThat(client.connection().types()).endsWith(MessageTypes.CHANNEL_CLOSED);
    }

    @Test
    void aNodeThatIsToBeToldIsToldAtOnceAndGetsNoMoreInput() {
        Peer client = bench.client();
        Peer node = bench.node();
        node.send(Wire.output(0, "a"));

        bench.data.end(Bench.SESSION, "Session ended by somebody", true);
        client.send(Wire.input(0, "rm -rf"));

        assertThat(node.connection().types())
                .containsExactly(MessageTypes.START_PUBLICATION, MessageTypes.CHANNEL_CLOSED);
    }

    @Test
    void socketsAreClosedFiveSecondsAfterTheEnd() {
        Peer client = bench.client();
        Peer node = bench.node();

        bench.data.end(Bench.SESSION, "", false);
        bench.time.advance(DataChannel.LINGER_MILLIS - 1);
        assertThat(client.connection().closed()).isFalse();
        assertThat(node.connection().closed()).isFalse();
        bench.time.advance(1);

        assertThat(client.connection().closed()).isTrue();
        assertThat(node.connection().closed()).isTrue();
        assertThat(bench.data.attached(Bench.SESSION)).isEmpty();
    }

    @Test
    void ofTwoEndsTheFirstTextStays() throws Exception {
        Peer client = bench.client();
        bench.node().send(Wire.output(0, "a"));

        bench.data.end(Bench.SESSION, "first", false);
        bench.data.end(Bench.SESSION, "second", true);
        bench.time.advance(PairedSession.DRAIN_MILLIS);

        assertThat(lastText(client)).isEqualTo("first");
        assertThat(client.connection().types())
                .filteredOn(MessageTypes.CHANNEL_CLOSED::equals)
                .hasSize(1);
    }

    @Test
    void aClientThatComesLateIsToldTheSameTextForAMinute() throws Exception {
        bench.data.end(Bench.SESSION, "Session ended by somebody", false);
        bench.neighbours.refusals.put("attach", new SallyportException(SessionError.SESSION_OVER, "is over"));

        bench.time.advance(EndTexts.KEPT_MILLIS - 1);
        Peer late = bench.client();
        assertThat(lastText(late)).isEqualTo("Session ended by somebody");
        bench.time.advance(1);
        assertThat(lastText(bench.client())).isEqualTo("is over");

        bench.time.advance(DataChannel.LINGER_MILLIS);
        assertThat(late.connection().closed()).isTrue();
    }

    @Test
    void aWrongTokenDoesNotLearnHowTheSessionEnded() throws Exception {
        bench.data.end(Bench.SESSION, "Session ended by somebody", false);
        bench.neighbours.refusals.put("attach", new SallyportException(SessionError.TOKEN_REFUSED, "not valid"));

        assertThat(lastText(bench.client())).isEqualTo("not valid");
    }

    @Test
    void aClientWhoseTokenWasGoodWhenTheSessionEndedIsTold() throws Exception {
        bench.node();
        bench.data.end(Bench.SESSION, "over", false);

        assertThat(lastText(bench.client())).isEqualTo("over");
        assertThat(bench.data.attached(Bench.SESSION)).isEmpty();
    }

    @Test
    void theTextsOfEndedSessionsAreBounded() {
        EndTexts texts = new EndTexts(bench.time);
        for (int i = 0; i <= EndTexts.CAPACITY; i++) {
            texts.put("s-" + i, "text", false);
        }

        assertThat(texts.get("s-0")).isEmpty();
        assertThat(texts.get("s-1").map(EndTexts.End::text)).contains("text");
        assertThat(texts.get("s-" + EndTexts.CAPACITY).map(EndTexts.End::text)).contains("text");
    }

    @Test
    void aRefusedClientIsAcceptedAndToldWhy() throws Exception {
        bench.neighbours.refusals.put("attach", new SallyportException(SessionError.TOKEN_REFUSED, "not valid"));
        Peer client = bench.client();

        assertThat(lastText(client)).isEqualTo("not valid");
        assertThat(client.connection().closed()).isFalse();
        bench.time.advance(DataChannel.LINGER_MILLIS);

        assertThat(client.connection().closed()).isTrue();
    }

    @Test
    void aFirstMessageThatIsNoneIsToldToTheClient() throws Exception {
        Peer client = bench.upgraded(Optional.empty());

        client.handler().text("{\"TokenValue\":\"a\",\"TokenValue\":\"b\"}");

        assertThat(lastText(client)).contains("token");
    }

    @Test
    void aClientWaitsTenSecondsForASessionEngineThatIsBeingSwapped() throws Exception {
        bench.neighbours.away = true;
        Peer patient = bench.client();
        bench.time.advance(DataChannels.TOKEN_LIMIT_MILLIS - Calls.RETRY_MILLIS);
        assertThat(patient.connection().sent()).isEmpty();

        bench.time.advance(2 * Calls.RETRY_MILLIS);

        assertThat(lastText(patient)).contains("Start it again");
    }
}
