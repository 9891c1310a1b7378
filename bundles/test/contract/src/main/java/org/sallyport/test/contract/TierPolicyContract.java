package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.spi.node.TierPolicy.Refusal;
import org.sallyport.spi.node.TierPolicy.Target;

/** What every {@link TierPolicy} keeps to, whatever its rules are. */
public abstract class TierPolicyContract {
    /** A hybrid node without tags. */
    protected static final Target HYBRID_NODE = new Target("mi-0123456789abcdef0", Map.of());

    private static final List<String> UNKNOWN_TIERS =
            List.of("", "Advanced", "advanced ", "standard\nadvanced", "premium", "*");

    /** The policy under test. */
    protected abstract TierPolicy policy();

    @Test
    void unknownTierAllowsNothing() {
        for (String tier : UNKNOWN_TIERS) {
            assertThat(policy().session(tier, HYBRID_NODE))
                    .as("session in tier '%s'", tier)
                    .isPresent();
            assertThat(policy().registration(tier, 0))
                    .as("registration in tier '%s'", tier)
                    .isPresent();
        }
    }

    @Test
    void aRefusalNamesACodeAndTellsThePersonSomething() {
        for (String tier : List.of("standard", "advanced", "premium")) {
            assertTold(policy().session(tier, HYBRID_NODE));
            assertTold(policy().registration(tier, Long.MAX_VALUE));
        }
    }

    @Test
    void theAnswerDependsOnTheArgumentsAlone() throws Exception {
        for (String tier : List.of("standard", "advanced")) {
            Optional<Refusal> first = policy().session(tier, HYBRID_NODE);
            assertThat(Race.of(8, () -> policy().session(tier, HYBRID_NODE))).containsOnly(first);
        }
    }

    @Test
    void moreNodesNeverMakeRoomForOneMore() {
        for (String tier : List.of("standard", "advanced")) {
            boolean refused = false;
            for (long nodes : new long[] {0, 1, 999, 1000, 1001, 100_000, Integer.MAX_VALUE, Long.MAX_VALUE}) {
                boolean now = policy().registration(tier, nodes).isPresent();
                assertThat(now || !refused).as("%s with %d nodes", tier, nodes).isTrue();
                refused = now;
            }
        }
    }

    private static void assertTold(Optional<Refusal> refusal) {
        refusal.ifPresent(r -> {
            assertThat(r.code()).matches("[A-Za-z]+");
            assertThat(r.message()).isNotBlank();
        });
    }
}
