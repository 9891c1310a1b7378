package org.sallyport.adapter.tier.tag;

import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.spi.node.TierPolicy;

/**
 * Sessions by node and not by account: a hybrid node may have them when it has the tag that is configured, whatever tier the account has. Dropped
 * into {@code plugins/} it serves in place of the tiers of AWS; taken away, those serve again. An example of how the policy is made another.
 */
@Component(service = TierPolicy.class, configurationPid = "org.sallyport.adapter.tier.tag")
@ServiceRanking(100)
@Designate(ocd = TagTierConfig.class)
public final class TagTierPolicy implements TierPolicy {
    private static final Set<String> TIERS = Set.of("standard", "advanced");
    private static final String HYBRID = "mi-";

    private final String key;
    private final String value;
    private final long standardNodes;

    @Activate
    public TagTierPolicy(TagTierConfig config) {
        this(config.tag_key(), config.tag_value(), config.standard_nodes());
    }

    TagTierPolicy(String key, String value, long standardNodes) {
        this.key = key;
        this.value = value;
        this.standardNodes = standardNodes;
    }

    @Override
    public Optional<Refusal> session(String tier, Target node) {
        if (!node.id().startsWith(HYBRID)) {
            return Optional.empty();
        }
        if (!TIERS.contains(tier)) {
            return Optional.of(unknown());
        }
        return value.equals(node.tags().get(key))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "BadRequest", "Sessions to %s need the tag %s=%s on it".formatted(node.id(), key, value)));
    }

    @Override
    public Optional<Refusal> registration(String tier, long hybridNodes) {
        if (!TIERS.contains(tier)) {
            return Optional.of(unknown());
        }
        return tier.equals("advanced") || hybridNodes < standardNodes
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "RegistrationLimitExceeded",
                        "The standard tier has no room for more than %d hybrid nodes".formatted(standardNodes)));
    }

    private static Refusal unknown() {
        return new Refusal("BadRequest", "The activation tier is neither standard nor advanced; set it to one of them");
    }
}
