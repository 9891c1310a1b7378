package org.sallyport.adapter.tier.aws;

import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.sallyport.spi.node.TierPolicy;

/**
 * The tiers as AWS has them: standard registers up to 1,000 hybrid nodes and starts no session to one, advanced allows both without a limit.
 * A tier that it does not know allows nothing.
 */
@Component(service = TierPolicy.class)
public final class AwsTierPolicy implements TierPolicy {
    /** Hybrid nodes of one account and region in the standard tier. */
    static final long STANDARD_NODES = 1000;

    private static final String STANDARD = "standard";
    private static final String ADVANCED = "advanced";

    /** Ids of hybrid nodes begin so. Cloud instances ({@code i-}) are free of tiers. */
    private static final String HYBRID = "mi-";

    /** AWS's own text; people search for it. */
    private static final Refusal NO_SESSION = new Refusal(
            "BadRequest", "Enable advanced-instances tier to use Session Manager with your on-premises instances");

    private static final Refusal NO_ROOM = new Refusal(
            "RegistrationLimitExceeded",
            "The standard-instances tier has no room for more than " + STANDARD_NODES
                    + " hybrid nodes; enable the advanced-instances tier or deregister nodes that are gone");

    @Override
    public Optional<Refusal> session(String tier, Target node) {
        if (!node.id().startsWith(HYBRID)) {
            return Optional.empty();
        }
        return switch (tier) {
            case ADVANCED -> Optional.empty();
            case STANDARD -> Optional.of(NO_SESSION);
            default -> Optional.of(unknown());
        };
    }

    @Override
    public Optional<Refusal> registration(String tier, long hybridNodes) {
        return switch (tier) {
            case ADVANCED -> Optional.empty();
            case STANDARD -> hybridNodes < STANDARD_NODES ? Optional.empty() : Optional.of(NO_ROOM);
            default -> Optional.of(unknown());
        };
    }

    private static Refusal unknown() {
        return new Refusal("BadRequest", "The activation tier is neither standard nor advanced; set it to one of them");
    }
}
