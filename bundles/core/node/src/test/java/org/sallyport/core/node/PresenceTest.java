package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Sql;

@Tag("store")
class PresenceTest {
    private static final NodeReport REPORT = new NodeReport("amazon-ssm-agent", "1", "Active", "", "", "Linux", "", "");

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void silenceTurnsOnlineIntoLostAtTenMinutesAndInactiveAtThirtyDays() {
        String node = world.node();
        assertThat(status(node)).as("never seen").isEqualTo("Inactive");

        world.nodes.heartbeat(World.node(node), node, REPORT);

        assertThat(statusAfter(node, Duration.ofMinutes(10).minusMillis(1))).isEqualTo("Online");
        assertThat(statusAfter(node, Duration.ofMinutes(10))).isEqualTo("ConnectionLost");
        assertThat(statusAfter(node, Duration.ofDays(30).minusMillis(1))).isEqualTo("ConnectionLost");
        assertThat(statusAfter(node, Duration.ofDays(30))).isEqualTo("Inactive");
        world.relay.open.add(node);
        assertThat(status(node)).as("channel open").isEqualTo("Online");
    }

    @Test
    void twoStatusFiltersThatExcludeEachOtherFindNothing() {
        String node = world.node();
        world.relay.open.add(node);

        assertThat(world.nodes
                        .list(World.ALICE, List.of(withStatus("Online"), withStatus("Inactive")), PageRequest.first(5))
                        .items())
                .isEmpty();
    }

    @Test
    void aPageWhoseStatusIsRareEndsEarlyAndSaysHowToGoOn() {
        List<String> ids = nodes(2100);
        String last = ids.get(ids.size() - 1);
        world.relay.open.add(last);

        Page<NodeInfo> first = world.nodes.list(World.ALICE, List.of(withStatus("Online")), PageRequest.first(5));
        Page<NodeInfo> second =
                world.nodes.list(World.ALICE, List.of(withStatus("Online")), new PageRequest(5, first.nextToken()));

        assertThat(first.items()).isEmpty();
        assertThat(first.nextToken()).isPresent();
        assertThat(second.items()).extracting(NodeInfo::id).containsExactly(last);
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void anUnknownNodeHasNoKeyToRotate() {
        String next = World.publicKey(2048);

        for (String id : List.of("mi-00000000000000000", "mi-\u0000")) {
            assertFails(NodeError.NODE_UNKNOWN, () -> world.nodes.rotateKey(World.keyOf(id), next, "Rsa"));
        }
    }

    private List<String> nodes(int count) {
        String sql = "INSERT INTO managed_node (id, activation_id, role_name, public_key, fingerprint, registered_at)"
                + " VALUES (?, 'activation', 'Role', 'key', 'machine', 0)";
        List<String> ids =
                IntStream.range(0, count).mapToObj("mi-%017x"::formatted).toList();
        world.store.run(connection -> {
            for (String id : ids) {
                Sql.update(connection, sql, id);
            }
            return null;
        });
        return ids;
    }

    private String statusAfter(String node, Duration silence) {
        world.clock.advance(Duration.between(world.clock.instant(), World.START.plus(silence)));
        return status(node);
    }

    private String status(String node) {
        return world.nodes.find(node).orElseThrow().pingStatus(world.clock.instant());
    }

    private static Filter withStatus(String status) {
        return new Filter("PingStatus", List.of(status));
    }
}
