package org.sallyport.core.node;

import java.util.Optional;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.spi.node.TierPolicy.Refusal;

/**
 * The tier setting as the tier policy that serves now judges it. The policy answers from its arguments alone and is called on the caller's
 * thread, outside of transactions.
 */
@Component(service = {Tiers.class, ActivationTiers.class})
public final class ActivationTiers implements Tiers {
    private final SettingTable settings;
    private final Transactions transactions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile TierPolicy policy;

    @Activate
    public ActivationTiers(@Reference Transactions transactions, @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(transactions);
    }

    ActivationTiers(Transactions transactions) {
        this.settings = new SettingTable(transactions);
        this.transactions = transactions;
    }

    @Override
    public Optional<Refusal> session(String nodeId) {
        return ask((serving, tier) -> serving.session(tier, nodeId));
    }

    /** @param nodes how many are registered already */
    Optional<Refusal> registration(long nodes) {
        return ask((serving, tier) -> serving.registration(tier, nodes));
    }

    private Optional<Refusal> ask(BiFunction<TierPolicy, String, Optional<Refusal>> question) {
        if (transactions.active()) {
            throw new IllegalStateException("an adapter must not be asked inside a transaction");
        }
        TierPolicy serving = policy;
        if (serving == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, "No tier policy is there; install or start the bundle of one.");
        }
        String tier = settings.find(ServiceSettings.ACTIVATION_TIER)
                .orElseThrow(() -> new SallyportException(
                        CommonError.INTERNAL,
                        "The row of the setting " + ServiceSettings.ACTIVATION_TIER + " is gone."))
                .value();
        return question.apply(serving, tier);
    }
}
