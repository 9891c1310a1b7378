package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.node.ServiceSettings.Setting;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.test.contract.InMemoryTierPolicy;
import org.sallyport.test.contract.Race;

@Tag("store")
class TierSettingTest {
    private static final String ID = ServiceSettings.ACTIVATION_TIER;
    private static final String ARN = World.ARN + "servicesetting/ssm/managed-instance/activation-tier";

    private final World world = new World();
    private final AccountSettings settings = world.settings(world.store);

    private final NodeKeeper keeper = new NodeKeeper(
            world.store, world.leaving, world.tierEnds, world.heard, Configs.of(0, "replace"), world.clock);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theDefaultIsStandard() {
        assertThat(settings.get(World.ALICE, ID))
                .isEqualTo(new Setting(ID, "standard", Instant.EPOCH, "System", ARN, "Default"));
    }

    @Test
    void aChangeIsKeptWithWhoAndWhen() {
        world.clock.advance(Duration.ofDays(1));

        settings.update(World.ALICE, ARN, "advanced");

        assertThat(settings.get(World.ALICE, ID))
                .isEqualTo(new Setting(
                        ID, "advanced", World.START.plus(Duration.ofDays(1)), World.ALICE.arn(), ARN, "PendingUpdate"));
        assertThat(settings.get(World.ALICE, ARN).value()).isEqualTo("advanced");
    }

    @Test
    void anotherValueIsRefused() {
        for (String value : new String[] {null, "", "Advanced", "premium"}) {
            assertFails(CommonError.INVALID_ARGUMENT, () -> settings.update(World.ALICE, ID, value));
        }
        assertThat(settings.get(World.ALICE, ID).value()).isEqualTo("standard");
    }

    @Test
    void anotherSettingIsUnknown() {
        for (String id : List.of(
                "/ssm/other",
                "ssm",
                "",
                ARN + "/more",
                ARN.replace("test-1", "test-2"),
                ARN.replace("12345", "99999"))) {
            assertFails(NodeError.SETTING_UNKNOWN, () -> settings.get(World.ALICE, id));
            assertFails(NodeError.SETTING_UNKNOWN, () -> settings.update(World.ALICE, id, "advanced"));
        }
    }

    @Test
    void theDecisionIsOnTheArnAsGivenAndComesFirst() {
        settings.get(World.ALICE, ID);
        assertThat(world.policy.last()).isEqualTo(new AccessRequest(World.ALICE, "ssm:GetServiceSetting", ARN));
        settings.update(World.ALICE, ID, "advanced");
        assertThat(world.policy.last()).isEqualTo(new AccessRequest(World.ALICE, "ssm:UpdateServiceSetting", ARN));

        world.policy.denied.addAll(List.of("ssm:GetServiceSetting", "ssm:UpdateServiceSetting"));
        assertFails(AccessError.ACCESS_DENIED, () -> settings.get(World.ALICE, "/ssm/other"));
        assertFails(AccessError.ACCESS_DENIED, () -> settings.update(World.ALICE, ID, "nonsense"));
    }

    @Test
    void sessionsAreJudgedByTheSettingOfNow() {
        assertThat(world.tiers.session("mi-0123456789abcdef0")).isPresent();

        settings.update(World.ALICE, ID, "advanced");

        assertThat(world.tiers.session("mi-0123456789abcdef0")).isEmpty();
    }

    @Test
    void withoutATierPolicyNoSessionIsAllowed() {
        settings.update(World.ALICE, ID, "advanced");
        world.tiers.deactivate();

        assertFails(CommonError.SERVICE_AWAY, () -> world.tiers.session("mi-0123456789abcdef0"));
    }

    @Test
    void aPolicyThatHangsIsGivenUpAndItsSuccessorAnswers() {
        settings.update(World.ALICE, ID, "advanced");
        CountDownLatch never = new CountDownLatch(1);
        world.tiers.bindPolicy(new TierPolicy() {
            @Override
            public Optional<Refusal> session(String tier, Target node) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Optional.empty();
            }

            @Override
            public Optional<Refusal> registration(String tier, long hybridNodes) {
                return Optional.empty();
            }
        });
        assertFails(CommonError.SERVICE_AWAY, () -> world.tiers.session("mi-0123456789abcdef0"));

        world.tiers.bindPolicy(new InMemoryTierPolicy(1));

        assertThat(world.tiers.session("mi-0123456789abcdef0")).isEmpty();
        never.countDown();
    }

    @Test
    void goingBackEndsSessionsAndSaysSoUntilItIsCertain() {
        settings.update(World.ALICE, ID, "advanced");
        world.sessions.inUse.add("mi-0123456789abcdef0");
        world.tierEnds.sessions = null;

        settings.update(World.ALICE, ID, "standard");

        assertThat(settings.get(World.ALICE, ID).status()).isEqualTo("PendingUpdate");
        keeper.turn();
        assertThat(world.sessions.inUse).hasSize(1);
        world.tierEnds.sessions = world.sessions;
        keeper.turn();
        assertThat(world.sessions.ended).containsExactly("mi-0123456789abcdef0 TIER no session in tier 'standard'");
        world.sessions.inUse.add("mi-0123456789abcdef1");
        world.clock.advance(NodeKeeper.TIER_SETTLES.plusMillis(1));
        keeper.turn();
        assertThat(world.sessions.ended).hasSize(2);
        assertThat(settings.get(World.ALICE, ID).status()).isEqualTo("Customized");
    }

    @Test
    void goingBackIsRefusedAboveTheLimitAndChangesNothing() {
        world.tiers.bindPolicy(new InMemoryTierPolicy(2));
        settings.update(World.ALICE, ID, "advanced");
        Created activation = world.activation(3);
        String first = null;
        for (int i = 0; i < 3; i++) {
            first = world.nodes.register(world.registration(activation));
        }

        assertFails(NodeError.SETTING_REFUSED, () -> settings.update(World.ALICE, ID, "standard"))
                .contains("There are 3 hybrid nodes");
        assertFails(NodeError.SETTING_REFUSED, () -> settings.reset(World.ALICE, ID));
        assertThat(settings.get(World.ALICE, ID).value()).isEqualTo("advanced");

        world.operations.deregister(World.ALICE, first);
        assertThat(settings.reset(World.ALICE, ID))
                .extracting(Setting::value, Setting::status, Setting::lastModifiedBy)
                .containsExactly("standard", "PendingUpdate", "System");
    }

    /** Registrations that were judged by the advanced tier do not come in behind the change. */
    @Test
    void neitherComesOverTheLimitWhenNodesRegisterWhileTheTierGoesBack() throws Exception {
        world.tiers.bindPolicy(new InMemoryTierPolicy(4));
        settings.update(World.ALICE, ID, "advanced");
        Created activation = world.activation(100);
        AtomicInteger turn = new AtomicInteger();

        Race.of(9, () -> {
            try {
                if (turn.getAndIncrement() == 4) {
                    settings.update(World.ALICE, ID, "standard");
                } else {
                    world.nodes.register(world.registration(activation));
                }
            } catch (SallyportException e) {
                assertThat(e.code()).isIn(NodeError.SETTING_REFUSED, NodeError.NODE_LIMIT);
            }
            return null;
        });

        long nodes = new NodeTable(world.store).count();
        String tier = settings.get(World.ALICE, ID).value();
        assertThat(nodes).isEqualTo(tier.equals("standard") ? Math.min(nodes, 4) : 8);
    }

    @Test
    void theDefaultRoleIsOneThatMayBePassed() {
        String role = ServiceSettings.DEFAULT_ROLE;
        assertThat(settings.get(World.ALICE, role).value()).isEqualTo("$None");

        assertFails(NodeError.ROLE_UNKNOWN, () -> settings.update(World.ALICE, role, "service-role/None"));
        settings.update(World.ALICE, role, "service-role/" + World.ROLE);
        assertThat(world.policy.last().action()).isEqualTo("iam:PassRole");
        assertThat(settings.get(World.ALICE, role))
                .extracting(Setting::value, Setting::status)
                .containsExactly("service-role/" + World.ROLE, "Customized");
        assertThat(settings.reset(World.ALICE, role).value()).isEqualTo("$None");

        world.policy.denied.add("iam:PassRole");
        assertFails(AccessError.ACCESS_DENIED, () -> settings.update(World.ALICE, role, World.ROLE));
    }

    @Test
    void thePolicyIsNotAskedInsideATransaction() {
        assertThatThrownBy(() -> world.store.run(c -> world.tiers.session("mi-0123456789abcdef0")))
                .isInstanceOf(IllegalStateException.class);
    }
}
