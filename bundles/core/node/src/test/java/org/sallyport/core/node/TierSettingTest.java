package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.node.ServiceSettings.Setting;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.test.contract.InMemoryTierPolicy;

@Tag("store")
class TierSettingTest {
    private static final String ID = ServiceSettings.ACTIVATION_TIER;
    private static final String ARN = World.ARN + "servicesetting/ssm/managed-instance/activation-tier";

    private final World world = new World();
    private final AccountSettings settings =
            new AccountSettings(world.decisions, new SettingTable(world.store), world.clock);

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
                        ID, "advanced", World.START.plus(Duration.ofDays(1)), World.ALICE.arn(), ARN, "Customized"));
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
            public Optional<Refusal> session(String tier, String nodeId) {
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
    void thePolicyIsNotAskedInsideATransaction() {
        assertThatThrownBy(() -> world.store.run(c -> world.tiers.session("mi-0123456789abcdef0")))
                .isInstanceOf(IllegalStateException.class);
    }
}
