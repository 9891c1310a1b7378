package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.sallyport.core.node.Errors.assertFails;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Transactions;

/** Whoever lacks a right learns nothing about what exists: the store is not even opened for them. */
@Tag("store")
class DecidedFirstTest {
    private static final String NOBODY = "mi-00000000000000000";
    private static final NodeReport REPORT = new NodeReport("amazon-ssm-agent", "1", "Active", "", "", "Linux", "", "");

    private final World world = new World();
    private final String known = world.node();

    @AfterEach
    void close() {
        world.close();
    }

    /** What a caller may ask about one node, and the action it is decided as. */
    private enum Call {
        ROLE_CREDENTIALS("ssm:RequestManagedInstanceRoleToken", (locked, id) -> locked.nodes()
                .roleCredentials(World.keyOf(id), "another machine", "192.0.2.1")),
        ROTATE_KEY("ssm:UpdateManagedInstancePublicKey", (locked, id) -> locked.nodes()
                .rotateKey(World.keyOf(id), "no key", "Rsa")),
        HEARTBEAT(
                "ssm:UpdateInstanceInformation", (locked, id) -> locked.nodes().heartbeat(World.node(id), id, REPORT)),
        CONNECTED("ssm:GetConnectionStatus", (locked, id) -> locked.nodes().connected(World.ALICE, id)),
        CONTROL_CHANNEL("ssmmessages:CreateControlChannel", (locked, id) -> locked.channels()
                .createControlChannel(World.node(id), id)),
        DEREGISTER("ssm:DeregisterManagedInstance", (locked, id) -> locked.operations()
                .deregister(World.ALICE, id)),
        CHANGE_ROLE("ssm:UpdateManagedInstanceRole", (locked, id) -> locked.operations()
                .changeRole(World.ALICE, id, World.ROLE)),
        APPROVE("sallyport:ApproveManagedInstance", (locked, id) -> locked.operations()
                .approve(World.ALICE, id)),
        ACCEPT_MACHINE("sallyport:DecideManagedInstanceMachine", (locked, id) -> locked.operations()
                .acceptMachine(World.ALICE, id, "f")),
        REFUSE_MACHINE("sallyport:DecideManagedInstanceMachine", (locked, id) -> locked.operations()
                .refuseMachine(World.ALICE, id, "f")),
        ADD_TAGS("ssm:AddTagsToResource", (locked, id) -> locked.tags()
                .add(World.ALICE, "ManagedInstance", id, Map.of())),
        REMOVE_TAGS("ssm:RemoveTagsFromResource", (locked, id) -> locked.tags()
                .remove(World.ALICE, "ManagedInstance", id, Set.of())),
        LIST_TAGS("ssm:ListTagsForResource", (locked, id) -> locked.tags().list(World.ALICE, "ManagedInstance", id));

        final String action;
        final BiConsumer<Locked, String> make;

        Call(String action, BiConsumer<Locked, String> make) {
            this.action = action;
            this.make = make;
        }
    }

    /** The components on a store that fails whoever touches it. */
    private record Locked(
            ManagedNodes nodes,
            ControlChannels channels,
            AccountSettings settings,
            NodeOperations operations,
            NodeTagging tags) {}

    @ParameterizedTest
    @EnumSource
    void aForbiddenCallIsRefusedAlikeForKnownAndUnknownNodesWithoutALookUp(Call call) {
        world.policy.denied.add(call.action);

        for (String id : List.of(known, NOBODY, "mi-\u0000", "../x")) {
            assertFails(AccessError.ACCESS_DENIED, () -> call.make.accept(locked(), id))
                    .isEqualTo("denied " + call.action);
            assertThat(world.policy.last())
                    .extracting(AccessRequest::action, AccessRequest::resource)
                    .containsExactly(call.action, World.ARN + "managed-instance/" + id);
        }
    }

    @Test
    void anotherNodeIsRefusedAlikeForKnownAndUnknownNodesWithoutALookUp() {
        String stranger = "mi-11111111111111111";

        for (String id : List.of(known, NOBODY)) {
            String text = "User: " + World.node(stranger).arn() + " is not authorized to perform: %s on resource: "
                    + World.ARN + "managed-instance/" + id;
            assertFails(AccessError.ACCESS_DENIED, () -> locked().nodes().heartbeat(World.node(stranger), id, REPORT))
                    .isEqualTo(text.formatted("ssm:UpdateInstanceInformation"));
            assertFails(AccessError.ACCESS_DENIED, () -> locked().channels()
                            .createControlChannel(World.node(stranger), id))
                    .isEqualTo(text.formatted("ssmmessages:CreateControlChannel"));
        }
    }

    @Test
    void theListAndTheSettingsAreDecidedWithoutALookUp() {
        world.policy.denied.addAll(List.of(
                "ssm:DescribeInstanceInformation",
                "ssm:DescribeInstanceProperties",
                "ssm:GetServiceSetting",
                "ssm:ResetServiceSetting",
                "ssm:UpdateServiceSetting"));
        List<Filter> filters = List.of(new Filter("InstanceIds", List.of(known)));
        AccountSettings settings = locked().settings();

        assertFails(AccessError.ACCESS_DENIED, () -> locked().nodes().list(World.ALICE, filters, PageRequest.first(1)));
        assertFails(AccessError.ACCESS_DENIED, () -> locked().nodes()
                .properties(World.ALICE, filters, PageRequest.first(1)));
        for (String id : List.of(ServiceSettings.ACTIVATION_TIER, "/ssm/other")) {
            assertFails(AccessError.ACCESS_DENIED, () -> settings.get(World.ALICE, id));
            assertFails(AccessError.ACCESS_DENIED, () -> settings.update(World.ALICE, id, "advanced"));
            assertFails(AccessError.ACCESS_DENIED, () -> settings.reset(World.ALICE, id));
        }
    }

    @Test
    void whoMayGetsAsFarAsTheStore() {
        for (Call call : List.of(Call.ROLE_CREDENTIALS, Call.HEARTBEAT, Call.CONTROL_CHANNEL)) {
            assertThat(catchThrowable(() -> call.make.accept(locked(), known)))
                    .as(call.action)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("looked up");
        }
    }

    private Locked locked() {
        Transactions store = new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                throw new AssertionError("looked up");
            }

            @Override
            public boolean active() {
                return false;
            }
        };
        return new Locked(
                world.nodes(store),
                world.channels(store),
                world.settings(store),
                new NodeOperations(
                        world.decisions, world.roles, world.roles, world.leaving, world.heard, store, world.clock),
                new NodeTagging(world.decisions, store, new TagsHeard()));
    }
}
