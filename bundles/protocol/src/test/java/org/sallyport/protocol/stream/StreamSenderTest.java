package org.sallyport.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.stream.StreamSettings.Duplicates;

class StreamSenderTest {
    private final StreamSender sender = new StreamSender(StreamSettings.forAgent(), MessageTypes.OUTPUT_STREAM_DATA);

    @Test
    void numbersCountFromZeroAndOnlyTheFirstOutputHasTheFlag() {
        StreamSender input = new StreamSender(StreamSettings.forClient(), MessageTypes.INPUT_STREAM_DATA);

        List<AgentMessage> output = List.of(send(sender, 1_000), send(sender, 1_000));
        AgentMessage first = send(input, 1_000);

        assertThat(output).extracting(AgentMessage::sequenceNumber).containsExactly(0L, 1L);
        assertThat(output).extracting(AgentMessage::flags).containsExactly(1L, 0L);
        assertThat(output).extracting(AgentMessage::messageId).doesNotHaveDuplicates();
        assertThat(first.flags()).isZero();
        assertThat(first.type()).isEqualTo(MessageTypes.INPUT_STREAM_DATA);
    }

    @Test
    void anotherGoesOnWhereThisOneStood() {
        send(sender, 1_000);
        AgentMessage waiting = send(sender, 1_000);
        sender.acknowledged(0, 1_100);

        StreamSender next = new StreamSender(
                StreamSettings.forAgent(),
                MessageTypes.OUTPUT_STREAM_DATA,
                DelayWindow.fixed(1_000),
                sender.save(),
                5_000);

        assertThat(next.unacknowledged()).isEqualTo(1);
        assertThat(next.reconnected(5_000)).containsExactly(waiting);
        assertThat(send(next, 5_100).sequenceNumber()).isEqualTo(2);
        next.acknowledged(1, 5_200);
        next.acknowledged(2, 5_200);
        assertThat(next.unacknowledged()).isZero();
    }

    @Test
    void onlyTheOldestIsSentAgainAndIdentically() {
        AgentMessage first = send(sender, 1_000);
        send(sender, 1_000);

        assertThat(sender.tick(1_199)).isEmpty();
        assertThat(sender.tick(1_200)).containsExactly(first);
        assertThat(sender.tick(1_300)).isEmpty();
        assertThat(sender.tick(1_400)).containsExactly(first);
    }

    @Test
    void nextTickIsWhenTheOldestIsOverdue() {
        assertThat(sender.nextTick()).isEqualTo(OptionalLong.empty());

        send(sender, 1_000);
        assertThat(sender.nextTick()).hasValue(1_200);
        sender.tick(1_250);
        assertThat(sender.nextTick()).hasValue(1_450);
        sender.acknowledged(0, 1_260);
        assertThat(sender.nextTick()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void tellsHowLongTheOldestHasWaitedWhateverWasSentAgain() {
        assertThat(sender.oldestSent()).isEmpty();
        send(sender, 1_000);
        send(sender, 1_100);
        sender.tick(5_000);
        sender.reconnected(6_000);
        assertThat(sender.oldestSent()).hasValue(1_000);

        sender.acknowledged(0, 7_000);

        assertThat(sender.oldestSent()).hasValue(1_100);
    }

    @Test
    void timeOutFollowsTheRoundTrip() {
        assertThat(sender.timeoutMillis()).isEqualTo(200);

        send(sender, 1_000);
        sender.acknowledged(0, 1_100);
        assertThat(sender.timeoutMillis()).isEqualTo(110);

        send(sender, 2_000);
        sender.acknowledged(1, 2_200);
        // variation 25, round trip 112.5
        assertThat(sender.timeoutMillis()).isEqualTo(213);

        send(sender, 3_000);
        sender.acknowledged(2, 3_020);
        // variation 18.75 + 23.125 = 41.875, round trip 98.4375 + 2.5 = 100.9375
        assertThat(sender.timeoutMillis()).isEqualTo(268);
    }

    @Test
    void timeOutHasBounds() {
        for (int i = 0; i < 200; i++) {
            send(sender, 1_000);
            sender.acknowledged(i, 1_000);
        }
        assertThat(sender.timeoutMillis()).isEqualTo(10);

        send(sender, 1_000);
        sender.acknowledged(200, 100_000);
        assertThat(sender.timeoutMillis()).isEqualTo(1_000);
    }

    @Test
    void acknowledgementsAreNotCumulativeAndUnknownOnesDoNothing() {
        send(sender, 0);
        AgentMessage second = send(sender, 0);
        send(sender, 0);

        sender.acknowledged(2, 10);
        sender.acknowledged(2, 20);
        sender.acknowledged(77, 20);
        sender.acknowledged(-1, 20);
        sender.acknowledged(0, 20);

        assertThat(sender.unacknowledged()).isEqualTo(1);
        assertThat(sender.tick(5_000)).containsExactly(second);
    }

    @Test
    void fullSenderRefusesAndForgetsNothing() {
        StreamSender small = new StreamSender(settings(2, 100, 0), MessageTypes.OUTPUT_STREAM_DATA);
        AgentMessage first = send(small, 0);
        send(small, 0);

        assertThat(small.full()).isTrue();
        assertThatThrownBy(() -> send(small, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(small.tick(1_000)).containsExactly(first);
        small.acknowledged(0, 1_000);
        assertThat(small.full()).isFalse();
        assertThat(send(small, 1_000).sequenceNumber()).isEqualTo(2);
    }

    @Test
    void bytesCountAgainstTheLimitToo() {
        StreamSender small = new StreamSender(settings(100, 10, 0), MessageTypes.OUTPUT_STREAM_DATA);

        small.send(PayloadType.OUTPUT, new byte[10], 0);

        assertThat(small.full()).isTrue();
        small.acknowledged(0, 1);
        assertThat(small.full()).isFalse();
    }

    @Test
    void limitOfResendsEndsThem() {
        StreamSender limited = new StreamSender(settings(10, 100, 3), MessageTypes.INPUT_STREAM_DATA);
        send(limited, 0);

        int resends = 0;
        for (long now = 0; now < 10_000; now += StreamSettings.TICK_MILLIS) {
            resends += limited.tick(now).size();
        }

        assertThat(resends).isEqualTo(3);
        assertThat(limited.exhausted()).isTrue();
    }

    @Test
    void reconnectSendsAllAgainInOrder() {
        AgentMessage first = send(sender, 0);
        AgentMessage second = send(sender, 0);
        AgentMessage third = send(sender, 0);
        sender.acknowledged(1, 5);

        assertThat(sender.reconnected(1_000)).containsExactly(first, third).doesNotContain(second);
        assertThat(sender.tick(1_000)).isEmpty();
    }

    @Test
    void pausedSenderKeepsQuietUntilResumed() {
        sender.pause();
        AgentMessage first = send(sender, 0);

        assertThat(sender.tick(10_000)).isEmpty();
        assertThat(sender.nextTick()).isEqualTo(OptionalLong.empty());
        assertThat(sender.resume(10_000)).containsExactly(first);
        assertThat(sender.resume(10_000)).isEmpty();
    }

    @Test
    void acknowledgementEndsAPause() {
        send(sender, 0);
        sender.pause();

        sender.acknowledged(5, 10);

        assertThat(sender.paused()).isFalse();
    }

    private static StreamSettings settings(int messages, int bytes, int resends) {
        return new StreamSettings(messages, bytes, 10, 100, resends, Duplicates.ACKNOWLEDGE);
    }

    private static AgentMessage send(StreamSender sender, long now) {
        return sender.send(PayloadType.OUTPUT, new byte[] {1}, now);
    }
}
