package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sallyport.core.relay.Bench.Peer;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.OpenChannel;

class ControlChannelTest {
    private static final AgentMessage ORDER = message(MessageTypes.INTERACTIVE_SHELL, "{}");

    private final Bench bench = new Bench();

    private static AgentMessage message(String type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new AgentMessage(type, 1, 1_700_000_000_000L, 0, 0, UUID.randomUUID(), 0, bytes);
    }

    private Peer upgraded() {
        return bench.connected(bench.control.accept("mi-1"));
    }

    private Peer open(Peer peer) {
        peer.handler()
                .text(new OpenChannel(
                                "request",
                                "token",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("3.3.0.0"),
                                Optional.of("linux"),
                                false)
                        .toJson());
        return peer;
    }

    @Test
    void anOpenChannelTakesOrdersAndIsReported() {
        assertThat(bench.control.send("mi-1", ORDER)).isFalse();

        Peer node = open(upgraded());

        assertThat(bench.control.connected("mi-1")).isTrue();
        assertThat(bench.control.send("mi-1", ORDER)).isTrue();
        assertThat(node.connection().sent()).containsExactly(ORDER.encode());
        assertThat(bench.neighbours.told).containsExactly("opened mi-1 token 3.3.0.0", "nodeConnected mi-1");
    }

    @Test
    void aRefusedTokenClosesTheChannel() {
        bench.neighbours.nodeTokenGood = false;

        Peer node = open(upgraded());

        assertThat(node.connection().closed()).isTrue();
        assertThat(bench.control.connected("mi-1")).isFalse();
        assertThat(bench.neighbours.told).doesNotContain("nodeConnected mi-1");
    }

    @Test
    void theNewestChannelWinsAndTheOldOneGoesSilently() {
        Peer old = open(upgraded());
        Peer fresh = open(upgraded());
        old.drop();
        old.send(message(MessageTypes.AGENT_TASK_COMPLETE, "{}").encode());

        bench.control.send("mi-1", ORDER);

        assertThat(old.connection().closed()).isTrue();
        assertThat(fresh.connection().sent()).hasSize(1);
        assertThat(bench.neighbours.told).doesNotContain("closed mi-1");
        assertThat(bench.neighbours.fromNodes).isEmpty();
    }

    @Test
    void theLossOfTheLastChannelIsReported() {
        open(upgraded()).drop();

        assertThat(bench.neighbours.told).endsWith("closed mi-1");
        assertThat(bench.control.connected("mi-1")).isFalse();
        assertThat(bench.control.send("mi-1", ORDER)).isFalse();
    }

    @Test
    void aNodeThatIsBackIsNotReportedAsClosedLater() {
        Peer old = open(upgraded());
        bench.neighbours.away = true;
        old.drop();
        open(upgraded());
        bench.neighbours.away = false;

        bench.time.advance(10 * Calls.RETRY_MILLIS);

        assertThat(bench.control.connected("mi-1")).isTrue();
        assertThat(bench.neighbours.told).endsWith("nodeConnected mi-1");
    }

    @Test
    void aNodeThatGoesWhileItsTokenIsCheckedIsReportedAsClosed() {
        bench.neighbours.away = true;
        Peer node = open(upgraded());
        node.drop();
        bench.neighbours.away = false;

        bench.time.advance(Calls.RETRY_MILLIS);

        assertThat(bench.control.connected("mi-1")).isFalse();
        assertThat(bench.neighbours.told).containsExactly("opened mi-1 token 3.3.0.0", "closed mi-1");
    }

    @Test
    void messagesArriveInOrderAlsoThoseRightBehindTheToken() {
        bench.neighbours.away = true;
        Peer node = open(upgraded());
        node.send(message(MessageTypes.AGENT_TASK_COMPLETE, "1").encode());
        node.send(message(MessageTypes.AGENT_TASK_COMPLETE, "2").encode());
        bench.neighbours.away = false;

        bench.time.advance(10 * Calls.RETRY_MILLIS);

        assertThat(bench.neighbours.fromNodes).extracting(AgentMessage::text).containsExactly("1", "2");
    }

    @Test
    void messagesThatWaitAreBounded() {
        Peer node = open(upgraded());
        bench.neighbours.away = true;
        IntStream.range(0, 2 * ControlChannelRegistry.MAX_WAITING)
                .forEach(i -> node.send(
                        message(MessageTypes.AGENT_TASK_COMPLETE, "{}").encode()));
        bench.neighbours.away = false;

        bench.time.advance(10 * Calls.RETRY_MILLIS);
        node.send(message(MessageTypes.AGENT_TASK_COMPLETE, "{}").encode());

        assertThat(bench.neighbours.fromNodes).hasSize(ControlChannelRegistry.MAX_WAITING + 1);
    }

    @Test
    void brokenAndOversizeMessagesAreDroppedAndTheChannelStays() {
        Peer node = open(upgraded());
        byte[] flipped = message(MessageTypes.AGENT_TASK_COMPLETE, "{}").encode();
        flipped[flipped.length - 1] ^= 1;

        node.send(
                flipped,
                new byte[5],
                message("x", "y".repeat(ControlChannel.MAX_MESSAGE)).encode());

        assertThat(bench.neighbours.fromNodes).isEmpty();
        assertThat(node.connection().closed()).isFalse();
    }

    @Test
    void nothingCountsBeforeTheToken() {
        Peer node = upgraded();
        node.send(message(MessageTypes.AGENT_TASK_COMPLETE, "{}").encode());
        open(node);

        assertThat(bench.neighbours.fromNodes).isEmpty();
    }

    @Test
    void aChannelWithoutTokenIsClosedAfterFifteenSeconds() {
        Peer silent = upgraded();
        Peer garbage = upgraded();

        garbage.handler().text("no json");
        bench.time.advance(ControlChannel.OPEN_LIMIT_MILLIS);

        assertThat(silent.connection().closed()).isTrue();
        assertThat(garbage.connection().closed()).isTrue();
    }

    @Test
    void aNodeThatDoesNotReadItsOrdersIsDropped() {
        Peer node = open(upgraded());
        node.connection().stall();
        AgentMessage large = message(MessageTypes.INTERACTIVE_SHELL, "x".repeat(700_000));

        assertThat(bench.control.send("mi-1", large)).isTrue();
        assertThat(bench.control.send("mi-1", large)).isTrue();
        assertThat(bench.control.send("mi-1", large)).isFalse();

        assertThat(node.connection().closed()).isTrue();
        assertThat(node.connection().paused()).isFalse();
    }

    @Test
    void aDroppedNodeLosesItsChannel() {
        Peer node = open(upgraded());

        bench.control.drop("mi-1");
        bench.control.drop("mi-unknown");

        assertThat(node.connection().closed()).isTrue();
    }

    @Test
    void openChannelsAreASignOfLife() {
        open(upgraded());

        bench.control.reportAlive();

        assertThat(bench.neighbours.told).endsWith("alive mi-1");
    }
}
