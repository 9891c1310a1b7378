package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeStanding.State;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.node.NodeChannels.Opening;
import org.sallyport.kernel.node.NodeEvent.Kind;

@Tag("store")
class NodeLifeTest {
    private static final String NOBODY = "mi-00000000000000000";

    private final World world = new World();
    private final String id = world.node();
    private final NodeKeeper keeper = keeper(0);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDeregisteredNodeLosesSessionsCredentialsChannelKeyAndRow() {
        world.sessions.inUse.add(id);
        world.relay.open.add(id);

        world.operations.deregister(World.ALICE, id);

        assertThat(world.sessions.ended).containsExactly(id + " NODE_REMOVED The node was deregistered.");
        assertThat(world.roles.revoked).containsExactly(id);
        assertThat(world.relay.open).isEmpty();
        assertThat(world.nodes.find(id)).isEmpty();
        assertThat(new RegisteredKeys(new NodeTable(world.store)).publicKey(id)).isEmpty();
        assertThat(new StoredTags(world.store).of(id)).isEmpty();
        assertThat(world.kinds()).endsWith(Kind.DEREGISTERED);
        assertFails(NodeError.NODE_UNKNOWN, () -> world.operations.deregister(World.ALICE, id));
    }

    @Test
    void whileTheSessionEngineIsAwayTheNodeGetsNothingAndTheRestIsDoneLater() {
        ControlChannels channels = world.channels(world.store);
        String token = channels.createControlChannel(World.node(id), id);
        world.leaving.sessions = null;

        world.operations.deregister(World.ALICE, id);

        assertThat(channels.opened(new Opening(id, token, "", "192.0.2.1", Optional.empty())))
                .isFalse();
        assertFails(NodeError.NODE_UNKNOWN, () -> channels.createControlChannel(World.node(id), id));
        assertFails(NodeError.NODE_UNKNOWN, this::credentials);
        assertThat(new RegisteredKeys(new NodeTable(world.store)).publicKey(id)).isEmpty();
        assertThat(listed()).isEmpty();
        keeper.turn();
        assertThat(world.nodes.find(id)).isPresent();
        world.leaving.sessions = world.sessions;
        keeper.turn();
        assertThat(world.nodes.find(id)).isEmpty();
        assertThat(world.sessions.ended).hasSize(1);
    }

    @Test
    void aNodeGetsCredentialsOfItsNewRole() {
        world.operations.changeRole(World.ALICE, id, World.Roles.OTHER);

        assertThat(world.policy.last())
                .extracting(AccessRequest::action, AccessRequest::resource)
                .containsExactly("iam:PassRole", "arn:aws:iam::" + World.ACCOUNT + ":role/OtherRole");
        assertThat(credentials()).startsWith("OtherRole/");
        assertThat(world.kinds()).endsWith(Kind.ROLE_CHANGED);
    }

    @Test
    void onlyARoleThatIsThereAndMayBePassedIsTaken() {
        assertFails(NodeError.ROLE_UNKNOWN, () -> world.operations.changeRole(World.ALICE, id, "None"));
        assertFails(NodeError.NODE_UNKNOWN, () -> world.operations.changeRole(World.ALICE, NOBODY, World.Roles.OTHER));
        world.policy.denied.add("iam:PassRole");
        assertFails(AccessError.ACCESS_DENIED, () -> world.operations.changeRole(World.ALICE, id, World.Roles.OTHER));
        assertThat(credentials()).startsWith(World.ROLE);
    }

    @Test
    void anotherMachineIsAskedOfAPersonOnceAndGetsNothing() {
        for (int i = 0; i < 3; i++) {
            assertFails(NodeError.FINGERPRINT_MISMATCH, () -> credentials("other-machine"));
        }

        assertThat(world.kinds()).filteredOn(Kind.MACHINE_DIFFERS::equals).hasSize(1);
        assertThat(node().standing().otherMachine()).hasValueSatisfying(other -> {
            assertThat(other.fingerprint()).isEqualTo("other-machine");
            assertThat(other.sourceAddress()).isEqualTo("192.0.2.9");
            assertThat(other.seen()).isEqualTo(World.START);
            assertThat(other.refused()).isFalse();
        });
        assertThat(listed(new Filter("Question", List.of("Machine")))).containsExactly(id);
        assertThat(credentials()).startsWith(World.ROLE);
    }

    @Test
    void anAcceptedMachineIsTheNodeAndTheOneBeforeIsAskedAbout() {
        world.relay.open.add(id);
        assertFails(NodeError.FINGERPRINT_MISMATCH, () -> credentials("other-machine"));

        world.operations.acceptMachine(World.ALICE, id, "other-machine");

        assertThat(credentials("other-machine")).startsWith(World.ROLE);
        assertThat(world.roles.revoked).containsExactly(id);
        assertThat(world.relay.open).isEmpty();
        assertFails(NodeError.FINGERPRINT_MISMATCH, this::credentials);
        assertThat(node().standing().otherMachine().orElseThrow().fingerprint()).isEqualTo(World.FINGERPRINT);
    }

    @Test
    void aRefusedMachineIsNotAskedAboutAgainAndAnotherOneIs() {
        assertFails(NodeError.FINGERPRINT_MISMATCH, () -> credentials("clone-1"));
        world.operations.refuseMachine(World.ALICE, id, "clone-1");
        assertFails(NodeError.FINGERPRINT_MISMATCH, () -> credentials("clone-1"));
        assertThat(listed(new Filter("Question", List.of("Machine")))).isEmpty();

        assertFails(NodeError.FINGERPRINT_MISMATCH, () -> credentials("clone-2"));

        assertThat(listed(new Filter("Question", List.of("Machine")))).containsExactly(id);
        assertFails(NodeError.MACHINE_UNKNOWN, () -> world.operations.acceptMachine(World.ALICE, id, "clone-1"));
        assertFails(NodeError.NODE_UNKNOWN, () -> world.operations.acceptMachine(World.ALICE, NOBODY, "clone-1"));
        assertThat(world.kinds())
                .filteredOn(kind -> kind != Kind.REGISTERED)
                .containsExactly(Kind.MACHINE_DIFFERS, Kind.MACHINE_REFUSED, Kind.MACHINE_DIFFERS);
    }

    @Test
    void whatIsNoFingerprintIsNotKept() {
        for (String wrong : new String[] {null, "", "a b", "x".repeat(65), "<script>"}) {
            assertFails(NodeError.FINGERPRINT_MISMATCH, () -> credentials(wrong));
        }
        assertThat(node().standing().otherMachine()).isEmpty();
    }

    @Test
    void nodesThatNobodyHeardOfAreTakenOutIfThePolicySaysSo() {
        String fresh = world.node();
        String open = world.node();
        world.relay.open.add(open);
        world.clock.advance(Duration.ofDays(30).plusSeconds(1));
        world.nodes.heartbeat(
                World.node(fresh), fresh, new NodeReport("amazon-ssm-agent", "1", "", "", "", "Linux", "", ""));

        keeper.turn();
        assertThat(listed()).hasSize(3);
        keeper(31).turn();
        assertThat(listed()).hasSize(3);
        keeper(30).turn();

        assertThat(listed()).containsExactlyInAnyOrder(fresh, open);
        assertThat(world.kinds()).endsWith(Kind.REAPED);
        assertThat(world.roles.revoked).containsExactly(id);
    }

    @Test
    void approvalIsAskedOfAPersonAndTheNodeIsToldSo() {
        String waiting = world.nodes.register(world.registration(world.activation(1, true)));

        assertFails(
                        NodeError.NODE_PENDING,
                        () -> world.nodes.roleCredentials(World.keyOf(waiting), World.FINGERPRINT, "192.0.2.1"))
                .contains("waits for approval", waiting);
        assertThat(listed()).containsExactly(id);
        assertThat(listed(new Filter("State", List.of("PENDING")))).containsExactly(waiting);
        assertFails(NodeError.NODE_UNKNOWN, () -> world.channels(world.store)
                .createControlChannel(World.node(waiting), waiting));

        world.operations.approve(World.ALICE, waiting);
        world.operations.approve(World.ALICE, waiting);

        assertThat(world.nodes
                        .roleCredentials(World.keyOf(waiting), World.FINGERPRINT, "192.0.2.1")
                        .accessKeyId())
                .startsWith(World.ROLE);
        assertThat(world.nodes.find(waiting).orElseThrow().standing().state()).isEqualTo(State.ACTIVE);
        assertThat(world.kinds()).filteredOn(Kind.APPROVED::equals).hasSize(1);
        assertFails(NodeError.NODE_UNKNOWN, () -> world.operations.approve(World.ALICE, NOBODY));
    }

    private NodeKeeper keeper(int reapAfterDays) {
        return new NodeKeeper(
                world.store,
                world.leaving,
                world.tierEnds,
                world.heard,
                Configs.of(reapAfterDays, "replace"),
                world.clock);
    }

    private String credentials() {
        return credentials(World.FINGERPRINT);
    }

    private String credentials(String fingerprint) {
        return world.nodes
                .roleCredentials(World.keyOf(id), fingerprint, "192.0.2.9")
                .accessKeyId();
    }

    private NodeInfo node() {
        return world.nodes.find(id).orElseThrow();
    }

    private List<String> listed(Filter... filters) {
        return world.nodes.list(World.ALICE, List.of(filters), PageRequest.first(50)).items().stream()
                .map(NodeInfo::id)
                .toList();
    }
}
