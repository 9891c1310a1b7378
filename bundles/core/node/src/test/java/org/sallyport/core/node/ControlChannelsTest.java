package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.node.NodeChannels.Opening;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.kernel.store.Sql;

@Tag("store")
class ControlChannelsTest {
    private static final String NOBODY = "mi-00000000000000000";

    private final World world = new World();
    private final ControlChannels channels = world.channels(world.store);
    private String node;

    @BeforeEach
    void register() {
        node = world.node();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aTokenOpensOnce() {
        String token = create();

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(opened(node, token, "3.3.0.0")).isTrue();
        assertThat(opened(node, token, "3.3.0.0")).isFalse();
    }

    @Test
    void aTokenLivesSixtySeconds() {
        String token = create();
        world.clock.advance(Duration.ofSeconds(60));
        assertThat(opened(node, token, "")).isFalse();

        String another = create();
        world.clock.advance(Duration.ofMillis(59_999));
        assertThat(opened(node, another, "")).isTrue();
    }

    @Test
    void aNewTokenVoidsTheOldOne() {
        String old = create();
        String next = create();

        assertThat(opened(node, old, "")).isFalse();
        assertThat(opened(node, next, "")).isTrue();
    }

    @Test
    void aTokenIsForItsNodeOnly() {
        String other = world.node();
        String token = create();

        assertThat(opened(other, token, "")).isFalse();
        assertThat(opened(node, token, "")).isTrue();
    }

    @Test
    void whatIsNoTokenOpensNothing() {
        for (String token : new String[] {null, "", "x", "A".repeat(43), "A".repeat(100_000), "\u0000".repeat(43)}) {
            assertThat(opened(node, token, "")).isFalse();
        }
        assertThat(opened("mi-\u0000", create(), "")).isFalse();
    }

    @Test
    void theTokenIsNotKeptReadable() {
        String token = create();

        List<String> kept = world.store.run(
                c -> Sql.all(c, "SELECT control_token FROM managed_node WHERE id = ?", r -> r.getString(1), node));

        assertThat(kept).singleElement().asString().hasSize(64).isNotEqualTo(token);
    }

    @Test
    void theDecisionComesFirstAndIsNotEnough() {
        create();
        assertThat(world.policy.last())
                .isEqualTo(new AccessRequest(
                        World.node(node), "ssmmessages:CreateControlChannel", World.ARN + "managed-instance/" + node));

        assertFails(AccessError.ACCESS_DENIED, () -> channels.createControlChannel(World.node(node), NOBODY));
        assertFails(AccessError.ACCESS_DENIED, () -> channels.createControlChannel(World.ALICE, node));
        assertFails(AccessError.ACCESS_DENIED, () -> channels.createControlChannel(World.keyOf(node), node));
        assertFails(NodeError.NODE_UNKNOWN, () -> channels.createControlChannel(World.node(NOBODY), NOBODY));
        world.policy.denied.add("ssmmessages:CreateControlChannel");
        assertFails(AccessError.ACCESS_DENIED, this::create);
    }

    @Test
    void anOpenChannelIsASignOfLifeEvenWithoutHeartbeats() {
        world.clock.advance(Duration.ofMinutes(5));

        assertThat(opened(node, create(), "3.3.0.0\u0007")).isTrue();

        assertThat(lastPing()).isEqualTo(World.START.plus(Duration.ofMinutes(5)));
        Filter version = new Filter("AgentVersion", List.of("3.3.0.0"));
        assertThat(world.nodes
                        .list(World.ALICE, List.of(version), PageRequest.first(5))
                        .items())
                .hasSize(1);
        assertThat(world.nodes.find(node).orElseThrow().report()).isEmpty();
    }

    @Test
    void pingsAreWrittenDownOnceAMinute() {
        opened(node, create(), "");
        world.clock.advance(Duration.ofSeconds(59));
        channels.alive(node);
        assertThat(lastPing()).isEqualTo(World.START);

        world.clock.advance(Duration.ofSeconds(1));
        channels.alive(node);
        assertThat(lastPing()).isEqualTo(World.START.plusSeconds(60));

        world.clock.advance(Duration.ofSeconds(30));
        channels.alive(node);
        assertThat(lastPing()).isEqualTo(World.START.plusSeconds(60));
    }

    @Test
    void theEndOfTheChannelIsTheLastSign() {
        opened(node, create(), "");
        world.clock.advance(Duration.ofSeconds(20));

        channels.closed(node);

        assertThat(lastPing()).isEqualTo(World.START.plusSeconds(20));
    }

    private String create() {
        return channels.createControlChannel(World.node(node), node);
    }

    private Instant lastPing() {
        return world.nodes.find(node).orElseThrow().lastPing().orElseThrow();
    }

    private boolean opened(String nodeId, String token, String version) {
        return channels.opened(new Opening(nodeId, token, version, "192.0.2.1", Optional.empty()));
    }

    @Test
    void aSecondChannelFromAnotherAddressIsToldAndServes() {
        assertThat(channels.opened(from("192.0.2.1", "192.0.2.1"))).isTrue();
        assertThat(world.kinds()).doesNotContain(Kind.SECOND_CHANNEL);

        assertThat(channels.opened(from("198.51.100.7", "192.0.2.1"))).isTrue();

        NodeEvent event = world.events.get(world.events.size() - 1);
        assertThat(event.kind()).isEqualTo(Kind.SECOND_CHANNEL);
        assertThat(event.sourceAddress()).isEqualTo("198.51.100.7");
        assertThat(event.details()).containsEntry("older", "192.0.2.1").containsEntry("decision", "replace");
    }

    @Test
    void aSecondChannelFromAnotherAddressIsRefusedIfThePolicySaysSo() {
        channels.configure(Configs.of(0, "refuse"));

        assertThat(channels.opened(from("198.51.100.7", "192.0.2.1"))).isFalse();
        assertThat(channels.opened(from("192.0.2.1", "192.0.2.1"))).isTrue();

        assertThat(world.kinds()).filteredOn(Kind.SECOND_CHANNEL::equals).hasSize(1);
    }

    private Opening from(String address, String older) {
        return new Opening(node, create(), "", address, Optional.of(older));
    }
}
