package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.security.PublicKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;

@Tag("store")
class ManagedNodesTest {
    private static final String NOBODY = "mi-00000000000000000";
    private static final NodeReport FULL = new NodeReport(
            "amazon-ssm-agent", "3.3.0.0", "Active", "web1", "192.0.2.7", "Linux", "Debian GNU/Linux", "12");
    private static final NodeReport EMPTY_PING =
            new NodeReport("amazon-ssm-agent", "3.4.0.0", "", "", "", "Linux", "", "");

    private final World world = new World();
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
    void aNodeThatProvesKeyAndMachineGetsAnHourOfItsRole() {
        TemporaryCredentials credentials =
                world.nodes.roleCredentials(World.keyOf(node), World.FINGERPRINT, "192.0.2.1");

        assertThat(credentials.accessKeyId()).isEqualTo(World.ROLE + "/" + node);
        assertThat(credentials.expires()).isEqualTo(World.START.plus(Duration.ofHours(1)));
    }

    @Test
    void anotherMachineGetsNoCredentials() {
        for (String fingerprint : new String[] {null, "", World.FINGERPRINT + "0", World.FINGERPRINT.substring(1)}) {
            assertFails(
                            NodeError.FINGERPRINT_MISMATCH,
                            () -> world.nodes.roleCredentials(World.keyOf(node), fingerprint, "192.0.2.1"))
                    .contains(node)
                    .doesNotContain(World.FINGERPRINT);
        }
    }

    @Test
    void onlyTheNodesOwnKeyGetsCredentials() {
        assertFails(
                AccessError.ACCESS_DENIED,
                () -> world.nodes.roleCredentials(World.node(node), World.FINGERPRINT, "192.0.2.1"));
        assertFails(
                AccessError.ACCESS_DENIED,
                () -> world.nodes.roleCredentials(World.ALICE, World.FINGERPRINT, "192.0.2.1"));
        assertFails(
                NodeError.NODE_UNKNOWN,
                () -> world.nodes.roleCredentials(World.keyOf(NOBODY), World.FINGERPRINT, "192.0.2.1"));

        world.policy.denied.add("ssm:RequestManagedInstanceRoleToken");
        assertFails(
                AccessError.ACCESS_DENIED,
                () -> world.nodes.roleCredentials(World.keyOf(node), World.FINGERPRINT, "192.0.2.1"));
    }

    @Test
    void aNewKeyCountsAtOnce() {
        RegisteredKeys keys = new RegisteredKeys(new NodeTable(world.store));
        PublicKey before = keys.publicKey(node).orElseThrow();
        String next = World.publicKey(2048);

        world.nodes.rotateKey(World.keyOf(node), next, "Rsa");

        assertThat(keys.publicKey(node).orElseThrow())
                .isEqualTo(PublicKeys.kept(next))
                .isNotEqualTo(before);
    }

    @Test
    void aBadNewKeyLeavesTheOldOne() {
        assertFails(NodeError.PUBLIC_KEY_REFUSED, () -> world.nodes.rotateKey(World.keyOf(node), "bm8ga2V5", "Rsa"));
        assertFails(
                AccessError.ACCESS_DENIED, () -> world.nodes.rotateKey(World.node(node), World.publicKey(2048), "Rsa"));

        assertThat(new RegisteredKeys(new NodeTable(world.store)).publicKey(node))
                .contains(PublicKeys.kept(World.PUBLIC_KEY));
    }

    @Test
    void aHeartbeatIsKept() {
        world.clock.advance(Duration.ofMinutes(3));

        world.nodes.heartbeat(World.node(node), node, FULL);

        NodeInfo info = world.nodes.find(node).orElseThrow();
        assertThat(info.report()).contains(FULL);
        assertThat(info.lastPing()).contains(World.START.plus(Duration.ofMinutes(3)));
    }

    @Test
    void anEmptyPingKeepsWhatWasKnown() {
        world.nodes.heartbeat(World.node(node), node, FULL);

        world.nodes.heartbeat(World.node(node), node, EMPTY_PING);

        assertThat(world.nodes.find(node).orElseThrow().report())
                .contains(new NodeReport(
                        "amazon-ssm-agent",
                        "3.4.0.0",
                        "Active",
                        "web1",
                        "192.0.2.7",
                        "Linux",
                        "Debian GNU/Linux",
                        "12"));
    }

    @Test
    void hostileTextIsCutAndStripped() {
        String hostile = "\u0000\u001b[31mweb\u202e\ud800" + "x".repeat(1000);

        world.nodes.heartbeat(
                World.node(node), node, new NodeReport("a", "1", "Active", hostile, null, "Linux", "", ""));

        NodeReport kept = world.nodes.find(node).orElseThrow().report().orElseThrow();
        assertThat(kept.computerName()).startsWith("[31mwebxxx").hasSize(256);
        assertThat(kept.ipAddress()).isEmpty();
    }

    @Test
    void aHeartbeatComesFromTheNodeItself() {
        String other = world.node();

        assertFails(AccessError.ACCESS_DENIED, () -> world.nodes.heartbeat(World.node(other), node, FULL))
                .isEqualTo("User: " + World.node(other).arn()
                        + " is not authorized to perform: ssm:UpdateInstanceInformation on resource: " + World.ARN
                        + "managed-instance/" + node);
        assertFails(AccessError.ACCESS_DENIED, () -> world.nodes.heartbeat(World.ALICE, node, FULL));
        assertFails(AccessError.ACCESS_DENIED, () -> world.nodes.heartbeat(World.keyOf(node), node, FULL));
        assertThat(world.nodes.find(node).orElseThrow().report()).isEmpty();
    }

    @Test
    void aHeartbeatOfAnUnknownNodeSaysSo() {
        assertFails(NodeError.NODE_UNKNOWN, () -> world.nodes.heartbeat(World.node(NOBODY), NOBODY, FULL));
        assertFails(NodeError.NODE_UNKNOWN, () -> world.nodes.heartbeat(World.node("mi-\u0000"), "mi-\u0000", FULL));
    }

    @Test
    void connectionStatusIsDecidedBeforeTheNodeIsLookedUp() {
        world.policy.denied.add("ssm:GetConnectionStatus");
        String known = assertDenied(node);
        String unknown = assertDenied(NOBODY);

        assertThat(known).isEqualTo(unknown);
        assertThat(world.policy.last())
                .isEqualTo(new AccessRequest(
                        World.ALICE, "ssm:GetConnectionStatus", World.ARN + "managed-instance/" + NOBODY));
    }

    @Test
    void connectedIsWhatTheRelaySays() {
        assertThat(world.nodes.connected(World.ALICE, node)).isFalse();

        world.relay.open.add(node);
        assertThat(world.nodes.connected(World.ALICE, node)).isTrue();
        assertThat(world.nodes.find(node).orElseThrow().connected()).isTrue();
        assertThat(world.nodes.connected(World.ALICE, NOBODY)).isFalse();

        world.nodes.relay = null;
        assertThat(world.nodes.connected(World.ALICE, node)).isFalse();
    }

    @Test
    void findOfAnUnknownNodeIsEmpty() {
        assertThat(world.nodes.find(NOBODY)).isEmpty();
        assertThat(world.nodes.find("mi-%")).isEmpty();
        assertThat(world.nodes.find(null)).isEmpty();
    }

    private String assertDenied(String nodeId) {
        String[] text = new String[1];
        assertFails(AccessError.ACCESS_DENIED, () -> world.nodes.connected(World.ALICE, nodeId))
                .satisfies(t -> text[0] = t);
        return text[0];
    }
}
