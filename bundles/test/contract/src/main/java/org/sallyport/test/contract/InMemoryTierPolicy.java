package org.sallyport.test.contract;

import java.util.Optional;
import org.sallyport.spi.node.TierPolicy;

/**
 * {@link TierPolicy} for tests: {@code advanced} allows everything, {@code standard} no session and as many nodes as said, anything else
 * nothing.
 *
 * @param standardNodes most nodes of the standard tier
 */
public record InMemoryTierPolicy(long standardNodes) implements TierPolicy {

    @Override
    public Optional<Refusal> session(String tier, Target node) {
        return tier.equals("advanced") ? Optional.empty() : refused("no session in tier '" + tier + "'");
    }

    @Override
    public Optional<Refusal> registration(String tier, long hybridNodes) {
        boolean room = tier.equals("standard") && hybridNodes < standardNodes;
        return room || tier.equals("advanced")
                ? Optional.empty()
                : refused("tier '" + tier + "' has no room for more than " + hybridNodes + " nodes");
    }

    private static Optional<Refusal> refused(String why) {
        return Optional.of(new Refusal("BadRequest", why));
    }
}
