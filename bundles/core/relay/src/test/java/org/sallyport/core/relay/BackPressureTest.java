package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

class BackPressureTest {
    private static final byte[] CHUNK = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    private final Bench bench = new Bench();

    private static byte[] large(long sequence) {
        return Wire.output(sequence, PayloadType.OUTPUT, CHUNK);
    }

    @Test
    void roomThatComesWhileAClientIsBeingAttachedIsNotMissed() {
        Peer node = bench.node();
        byte[] chunk = new byte[100 * 1024];
        for (int number = 0; number < 3; number++) {
            node.send(Wire.output(number, PayloadType.OUTPUT, chunk));
        }
        Peer client = bench.upgraded(Optional.empty());
        client.connection().stall();
        client.connection().whenFull(client::flow);

        bench.open(client, "token");
        node.send(Wire.output(3, PayloadType.OUTPUT, chunk));

        assertThat(client.connection().types()).hasSize(4);
        assertThat(node.connection().types()).last().isEqualTo(MessageTypes.START_PUBLICATION);
    }

    @Test
    void aNodeIsPausedAboveTheHighMarkAndStillRead() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();

        node.send(large(0), large(1));
        assertThat(node.connection().types()).containsExactly(MessageTypes.START_PUBLICATION);
        node.send(large(2), large(3));

        assertThat(node.connection().types())
                .containsExactly(MessageTypes.START_PUBLICATION, MessageTypes.PAUSE_PUBLICATION);
        assertThat(node.connection().paused()).isFalse();
        assertThat(client.connection().sent()).hasSize(4);
    }

    @Test
    void aPausedNodePublishesAgainWhenTheClientTakesMore() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();
        node.send(large(0), large(1), large(2));

        client.flow();

        assertThat(node.connection().types()).endsWith(MessageTypes.PAUSE_PUBLICATION, MessageTypes.START_PUBLICATION);
    }

    @Test
    void aPauseIsRepeatedWhenSomethingRelayedHasEndedIt() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();
        node.send(large(0), large(1), large(2));

        client.send(Wire.outputAcknowledged(0));
        node.send(large(3));

        assertThat(node.connection().types())
                .endsWith(MessageTypes.PAUSE_PUBLICATION, MessageTypes.ACKNOWLEDGE, MessageTypes.PAUSE_PUBLICATION);
    }

    @Test
    void aboveOneMebibyteDataIsDroppedAndAcknowledgementsNever() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();
        for (int i = 0; i < 20; i++) {
            client.send(Wire.input(i, "a"));
            node.send(large(i), Wire.inputAcknowledged(i));
        }

        assertThat(client.connection().types())
                .filteredOn(MessageTypes.ACKNOWLEDGE::equals)
                .hasSize(20);
        assertThat(client.connection().types())
                .filteredOn(MessageTypes.OUTPUT_STREAM_DATA::equals)
                .hasSize(11);
        assertThat(client.connection().queuedBytes()).isLessThan(Marks.DROP + 2 * CHUNK.length);
    }

    @Test
    void whatWasDroppedPassesWhenTheNodeSendsItAgain() {
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();
        for (int i = 0; i < 12; i++) {
            node.send(large(i));
        }
        client.flow();

        node.send(large(11));

        assertThat(client.connection().messages().get(11).sequenceNumber()).isEqualTo(11);
    }

    @Test
    void aSessionWithSeparateOutputIsNeverPausedButLeftUnreadForThirtySeconds() {
        bench.neighbours.separateOutput = true;
        Peer client = bench.client();
        Peer node = bench.node();
        client.connection().stall();

        node.send(large(0), large(1), large(2));
        assertThat(node.connection().paused()).isTrue();
        bench.time.advance(Publication.STOP_MILLIS);
        assertThat(node.connection().paused()).isFalse();
        node.send(large(3));
        assertThat(node.connection().paused()).as("read for a moment").isFalse();
        bench.time.advance(Publication.BREATH_MILLIS);
        node.send(large(4));

        assertThat(node.connection().paused()).isTrue();
        client.flow();
        assertThat(node.connection().paused()).isFalse();
        assertThat(node.connection().types()).doesNotContain(MessageTypes.PAUSE_PUBLICATION);
    }

    @Test
    void aClientIsNotReadWhileItsNodeDoesNotTakeInput() {
        Peer client = bench.client();
        Peer node = bench.node();
        node.connection().stall();

        for (int i = 0; i < 3; i++) {
            client.send(Wire.input(i, PayloadType.OUTPUT, CHUNK));
        }
        assertThat(client.connection().paused()).isTrue();
        node.flow();

        assertThat(client.connection().paused()).isFalse();
        assertThat(client.connection().closed()).isFalse();
    }

    @Test
    void outputBeforeTheClientComesPausesTheNodeAndIsKept() {
        Peer node = bench.node();
        byte[] first = Wire.output(0, "prompt");
        byte[] second = Wire.output(1, "more");

        node.send(first, second, first);
        assertThat(node.connection().types()).containsExactly(MessageTypes.PAUSE_PUBLICATION);
        Peer client = bench.client();

        assertThat(client.connection().sent()).containsExactly(first, second);
        assertThat(node.connection().types())
                .containsExactly(MessageTypes.PAUSE_PUBLICATION, MessageTypes.START_PUBLICATION);
    }

    @Test
    void whatIsKeptForAnAbsentClientIsBounded() {
        Peer node = bench.node();

        for (int i = 0; i < 20; i++) {
            node.send(large(i));
        }

        assertThat(bench.client().connection().sent()).hasSize(3);
    }

    @Test
    void aLostClientPausesTheNodeAfterTheLastRelayedMessage() {
        Peer client = bench.client();
        Peer node = bench.node();

        client.send(Wire.input(0, "a")).drop();

        assertThat(node.connection().types()).endsWith(MessageTypes.INPUT_STREAM_DATA, MessageTypes.PAUSE_PUBLICATION);
    }

    @Test
    void aSessionWithSeparateOutputIsNotPausedForALostClientEither() {
        bench.neighbours.separateOutput = true;
        Peer client = bench.client();
        Peer node = bench.node();

        client.drop();
        node.send(Wire.output(0, "kept"));
        assertThat(node.connection().paused()).isFalse();
        node.send(large(1), large(2), large(3), large(4));

        assertThat(node.connection().paused()).isTrue();
        assertThat(node.connection().types()).doesNotContain(MessageTypes.PAUSE_PUBLICATION);
        bench.client();
        assertThat(node.connection().paused()).isFalse();
    }
}
