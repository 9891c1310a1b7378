package org.sallyport.adapter.tier.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.spi.node.TierPolicy.Target;
import org.sallyport.test.contract.TierPolicyContract;

class TagTierPolicyTest extends TierPolicyContract {
    private final TagTierPolicy policy = new TagTierPolicy("tier", "advanced", 3);

    @Override
    protected TierPolicy policy() {
        return policy;
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "advanced"})
    void theTagDecidesInEachTier(String tier) {
        assertThat(policy.session(tier, node("mi-0123456789abcdef0", Map.of("tier", "advanced"))))
                .isEmpty();
        assertThat(policy.session(tier, node("mi-0123456789abcdef0", Map.of("tier", "Advanced"))))
                .hasValueSatisfying(refusal -> assertThat(refusal.message()).contains("tier=advanced"));
        assertThat(policy.session(tier, HYBRID_NODE)).isPresent();
        assertThat(policy.session(tier, node("i-0123456789abcdef0", Map.of()))).isEmpty();
    }

    @Test
    void theStandardTierHasTheRoomThatIsConfigured() {
        assertThat(policy.registration("standard", 2)).isEmpty();
        assertThat(policy.registration("standard", 3)).isPresent();
        assertThat(policy.registration("advanced", 3)).isEmpty();
    }

    private static Target node(String id, Map<String, String> tags) {
        return new Target(id, tags);
    }
}
