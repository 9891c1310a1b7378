package org.sallyport.adapter.tier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.spi.node.TierPolicy.Refusal;
import org.sallyport.spi.node.TierPolicy.Target;
import org.sallyport.test.contract.TierPolicyContract;

class AwsTierPolicyTest extends TierPolicyContract {
    private final AwsTierPolicy policy = new AwsTierPolicy();

    @Override
    protected TierPolicy policy() {
        return policy;
    }

    @Test
    void standardRefusesSessionsToHybridNodesInAwsOwnWords() {
        assertThat(policy.session("standard", HYBRID_NODE))
                .contains(new Refusal(
                        "BadRequest",
                        "Enable advanced-instances tier to use Session Manager with your on-premises instances"));
    }

    @Test
    void cloudInstancesHaveNoTier() {
        assertThat(policy.session("standard", new Target("i-0123456789abcdef0", Map.of())))
                .isEmpty();
    }

    @Test
    void standardHasRoomForThousandNodes() {
        assertThat(policy.registration("standard", 0)).isEmpty();
        assertThat(policy.registration("standard", 999)).isEmpty();
        assertThat(policy.registration("standard", 1000)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo("RegistrationLimitExceeded");
            assertThat(refusal.message()).contains("1000").contains("advanced-instances tier");
        });
    }

    @Test
    void advancedRefusesNothing() {
        assertThat(policy.session("advanced", HYBRID_NODE)).isEmpty();
        assertThat(policy.registration("advanced", 1_000_000)).isEmpty();
    }
}
