package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.PayloadType;

/** Data-channel specification, 8.2 rules 2, 3 and 7, and 7.3: the client's start race. */
class HoldTest {
    private static final byte[] REQUEST = Wire.output(0, PayloadType.HANDSHAKE_REQUEST, new byte[] {'{', '}'});
    private static final byte[] RESPONSE = Wire.input(0, PayloadType.HANDSHAKE_RESPONSE, new byte[] {'{', '}'});
    private static final byte[] COMPLETE = Wire.output(1, PayloadType.HANDSHAKE_COMPLETE, new byte[] {'{', '}'});
    private static final byte[] ACKNOWLEDGED = Wire.inputAcknowledged(0);
    private static final byte[] DATA = Wire.output(2, "first");
    private static final byte[] MORE = Wire.output(3, "second");

    private final Bench bench = new Bench();
    private Peer client;
    private Peer node;

    private void handshake(String sessionType) {
        bench.neighbours.sessionType = sessionType;
        client = bench.client();
        node = bench.node();
        node.send(REQUEST);
        client.send(RESPONSE);
    }

    private List<byte[]> sent() {
        return client.connection().sent();
    }

    @Test
    void anAcknowledgementBehindHandshakeCompleteMovesAheadOfIt() {
        handshake("Port");

        node.send(COMPLETE, ACKNOWLEDGED);

        assertThat(sent()).containsExactly(REQUEST, ACKNOWLEDGED, COMPLETE);
    }

    @Test
    void handshakeCompleteWaitsForThatAcknowledgementFiftyMillisecondsAtMost() {
        handshake("Port");
        node.send(COMPLETE);
        assertThat(sent()).containsExactly(REQUEST);

        bench.time.advance(ClientQueue.COMPLETE_WAIT_MILLIS);

        assertThat(sent()).containsExactly(REQUEST, COMPLETE);
    }

    @Test
    void afterHandshakeCompleteNothingIsWrittenForAWhile() {
        handshake("Port");
        node.send(ACKNOWLEDGED, COMPLETE);
        bench.time.advance(1);
        byte[] late = Wire.inputAcknowledged(0);

        node.send(DATA, late, MORE);
        bench.time.advance(ClientQueue.SILENT_MILLIS - 2);
        assertThat(sent()).containsExactly(REQUEST, ACKNOWLEDGED, COMPLETE);
        bench.time.advance(1);

        assertThat(sent()).containsExactly(REQUEST, ACKNOWLEDGED, COMPLETE, late);
    }

    @Test
    void heldDataFollowsInOrderAfterTwoHundredMilliseconds() {
        handshake("Port");
        node.send(ACKNOWLEDGED, COMPLETE, DATA, MORE);

        bench.time.advance(ClientQueue.HOLD_MILLIS - 1);
        assertThat(sent()).containsExactly(REQUEST, ACKNOWLEDGED, COMPLETE);
        bench.time.advance(1);

        assertThat(sent()).containsExactly(REQUEST, ACKNOWLEDGED, COMPLETE, DATA, MORE);
    }

    @Test
    void nothingIsHeldOnceTheHoldIsOver() {
        handshake("Port");
        node.send(ACKNOWLEDGED, COMPLETE);
        bench.time.advance(ClientQueue.HOLD_MILLIS);

        node.send(DATA);

        assertThat(sent()).endsWith(COMPLETE, DATA);
        assertThat(bench.time.waiting()).as("no timer is left but the tidying").isEqualTo(1);
    }

    @Test
    void otherSessionsAreNotHeld() {
        handshake("NonInteractiveCommands");

        node.send(COMPLETE, ACKNOWLEDGED, DATA);

        assertThat(sent()).containsExactly(REQUEST, COMPLETE, ACKNOWLEDGED, DATA);
    }

    @Test
    void theEndWaitsForWhatIsHeld() {
        handshake("Port");
        node.send(ACKNOWLEDGED, COMPLETE, DATA);

        bench.data.end(Bench.SESSION, "over", false);
        assertThat(sent()).doesNotContain(DATA);
        bench.time.advance(ClientQueue.HOLD_MILLIS);
        client.send(Wire.outputAcknowledged(0), Wire.outputAcknowledged(1), Wire.outputAcknowledged(2));

        assertThat(client.connection().types().subList(3, 5)).containsExactly("output_stream_data", "channel_closed");
    }
}
