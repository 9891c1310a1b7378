package org.sallyport.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.stream.StreamReceiver.Received;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

class StreamReceiverTest {
    private final StreamReceiver receiver = new StreamReceiver(StreamSettings.forAgent());

    @Test
    void messageInTurnIsDeliveredAndAcknowledged() {
        AgentMessage message = message(0);

        Received received = receiver.frame(message);

        assertThat(received.deliver()).containsExactly(message);
        assertThat(received.acknowledge()).containsExactly(message);
        assertThat(receiver.expected()).isEqualTo(1);
    }

    @Test
    void earlyMessagesAreAcknowledgedAtOnceAndDeliveredInTurn() {
        AgentMessage zero = message(0);
        AgentMessage one = message(1);
        AgentMessage two = message(2);

        assertThat(receiver.frame(two).deliver()).isEmpty();
        assertThat(receiver.frame(two).acknowledge()).containsExactly(two);
        assertThat(receiver.frame(one).acknowledge()).containsExactly(one);
        Received received = receiver.frame(zero);

        assertThat(received.deliver()).containsExactly(zero, one, two);
        assertThat(received.acknowledge()).containsExactly(zero);
    }

    @Test
    void anotherGoesOnWhereThisOneStood() {
        receiver.frame(message(0));
        AgentMessage two = message(2);
        receiver.frame(two);

        StreamReceiver next = new StreamReceiver(StreamSettings.forAgent(), receiver.save());

        assertThat(next.frame(message(0)).deliver()).isEmpty();
        AgentMessage one = message(1);
        assertThat(next.frame(one).deliver()).containsExactly(one, two);
        assertThat(next.expected()).isEqualTo(3);
    }

    @Test
    void duplicateIsAcknowledgedAgainAndNotDelivered() {
        receiver.frame(message(0));

        Received again = receiver.frame(message(0));

        assertThat(again.deliver()).isEmpty();
        assertThat(again.acknowledge()).hasSize(1);
    }

    @Test
    void duplicateIsIgnoredByThePluginsRule() {
        StreamReceiver plugin = new StreamReceiver(new StreamSettings(10, 100, 10, 100, 0, Duplicates.IGNORE));
        plugin.frame(message(0));

        Received again = plugin.frame(message(0));

        assertThat(again.deliver()).isEmpty();
        assertThat(again.acknowledge()).isEmpty();
    }

    @Test
    void whatDoesNotFitIsDroppedWithoutAcknowledgement() {
        StreamReceiver small = new StreamReceiver(new StreamSettings(10, 100, 3, 2, 0, Duplicates.ACKNOWLEDGE));

        assertThat(small.frame(message(4)).acknowledge()).isEmpty();
        assertThat(small.frame(message(Long.MAX_VALUE)).acknowledge()).isEmpty();
        assertThat(small.frame(message(-1)).acknowledge()).isEmpty();
        assertThat(small.frame(message(3)).acknowledge()).hasSize(1);
        assertThat(small.frame(message(2)).acknowledge()).hasSize(1);
        assertThat(small.frame(message(1)).acknowledge())
                .as("two bytes are kept already")
                .isEmpty();
        assertThat(small.frame(message(0)).deliver()).hasSize(1);
        assertThat(small.frame(message(1)).deliver()).hasSize(3);
        assertThat(small.frame(message(6)).acknowledge()).as("room again").hasSize(1);
    }

    @Test
    void refusedMessageComesAgainFromTheOtherEnd() {
        receiver.frame(message(0));

        receiver.refuse(0);

        assertThat(receiver.expected()).isZero();
        assertThat(receiver.drain()).isEmpty();
        assertThat(receiver.frame(message(0)).deliver()).hasSize(1);
    }

    @Test
    void refusedMessagesThatWereAcknowledgedEarlyAreKept() {
        AgentMessage one = message(1);
        AgentMessage two = message(2);
        receiver.frame(one);
        receiver.frame(two);
        receiver.frame(message(0));

        receiver.refuse(1);

        assertThat(receiver.expected()).isEqualTo(1);
        assertThat(receiver.frame(message(1)).deliver()).containsExactly(one, two);
        receiver.refuse(2);
        assertThat(receiver.drain()).containsExactly(two);
        receiver.refuse(2);
        assertThat(receiver.drain()).containsExactly(two);
        assertThat(receiver.expected()).isEqualTo(3);
    }

    @Test
    void refusalOfTheFirstKeepsTheOthers() {
        AgentMessage one = message(1);
        AgentMessage zeroAgain = message(0);
        receiver.frame(one);
        receiver.frame(message(0));

        receiver.refuse(0);

        assertThat(receiver.frame(zeroAgain).deliver()).containsExactly(zeroAgain, one);
    }

    @Test
    void refusalOfSomethingElseIsAnError() {
        receiver.frame(message(0));
        receiver.frame(message(5));

        assertThatThrownBy(() -> receiver.refuse(5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AgentMessage message(long sequence) {
        return new AgentMessage(
                MessageTypes.INPUT_STREAM_DATA, 1, 1, sequence, 0, UUID.randomUUID(), PayloadType.OUTPUT, new byte[1]);
    }
}
