package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;

class NumberRangesTest {
    private final NumberRanges acknowledged = new NumberRanges();

    @Test
    void itKnowsExactlyWhatItSawWhateverTheOrder() {
        List<Long> some =
                LongStream.range(0, 500).filter(n -> n % 7 != 3).boxed().collect(Collectors.toList());
        Collections.shuffle(some, new Random(1));

        some.forEach(acknowledged::add);

        assertThat(LongStream.range(-2, 502).filter(acknowledged::contains).boxed())
                .containsExactlyInAnyOrderElementsOf(some);
        assertThat(acknowledged.covers(4, 9)).isTrue();
        assertThat(acknowledged.covers(4, 10)).isFalse();
    }

    @Test
    void aRelayThatStartedInTheMiddleClaimsNothingOfWhatWasBefore() {
        acknowledged.add(23);

        assertThat(acknowledged.contains(22)).isFalse();
        acknowledged.add(22);

        assertThat(acknowledged.covers(22, 23)).isTrue();
        assertThat(acknowledged.contains(21)).isFalse();
    }

    @Test
    void hostileNumbersTakeABoundedAmountOfMemory() {
        for (long n = 0; n < 3L * NumberRanges.RANGES; n++) {
            acknowledged.add(2 * n);
        }
        acknowledged.add(-1);
        acknowledged.add(Long.MAX_VALUE);

        assertThat(LongStream.range(0, 6L * NumberRanges.RANGES).filter(acknowledged::contains))
                .hasSize(NumberRanges.RANGES);
        assertThat(acknowledged.contains(-1)).isFalse();
        assertThat(acknowledged.contains(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void theRelayAnswersARepeatThatTheClientHasAcknowledged() throws Exception {
        Bench bench = new Bench();
        Peer client = bench.client();
        Peer node = bench.node();
        byte[] output = Wire.output(5, "x");
        node.send(output);
        client.send(Wire.outputAcknowledged(5));
        int before = node.connection().sent().size();

        node.send(output);

        assertThat(client.connection().sent()).containsExactly(output);
        assertThat(node.connection().messages().subList(before, before + 1))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.type()).isEqualTo(MessageTypes.ACKNOWLEDGE);
                    assertThat(answer.flags()).isEqualTo(3);
                    AgentMessage repeated = client.connection().messages().get(0);
                    assertThat(Acknowledge.parse(answer.payload()))
                            .isEqualTo(new Acknowledge(MessageTypes.OUTPUT_STREAM_DATA, repeated.messageId(), 5, true));
                });
    }

    @Test
    void aRepeatThatTheClientHasNotAcknowledgedPasses() {
        Bench bench = new Bench();
        Peer client = bench.client();
        Peer node = bench.node();
        byte[] output = Wire.output(5, "x");

        node.send(output);
        client.send(Wire.inputAcknowledged(5));
        node.send(output);

        assertThat(client.connection().sent()).containsExactly(output, output);
    }

    @Test
    void repeatsAreAnsweredAlsoWhileTheClientIsAway() {
        Bench bench = new Bench();
        Peer client = bench.client();
        Peer node = bench.node();
        byte[] output = Wire.output(0, "x");
        node.send(output);
        client.send(Wire.outputAcknowledged(0)).drop();

        node.send(output);

        assertThat(node.connection().types()).endsWith(MessageTypes.PAUSE_PUBLICATION, MessageTypes.ACKNOWLEDGE);
        assertThat(bench.client().connection().sent()).isEmpty();
    }
}
