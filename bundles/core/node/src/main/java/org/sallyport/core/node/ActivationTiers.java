package org.sallyport.core.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.node.TierPolicy;
import org.sallyport.spi.node.TierPolicy.Refusal;
import org.sallyport.spi.node.TierPolicy.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tier setting as the tier policy that serves now judges it. Each policy is called in a pool of its own, outside of transactions; one that
 * does not answer within two seconds counts as away.
 */
@Component(service = {Tiers.class, ActivationTiers.class})
public final class ActivationTiers implements Tiers {
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ActivationTiers.class);

    private final TagTable tags;
    private final Transactions transactions;

    private final AtomicReference<Bound> current = new AtomicReference<>();

    private record Bound(TierPolicy policy, AdapterPool pool) {}

    @Activate
    public ActivationTiers(@Reference Transactions transactions, @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(transactions);
    }

    ActivationTiers(Transactions transactions) {
        this.tags = new TagTable(transactions);
        this.transactions = transactions;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPolicy(TierPolicy policy) {
        retire(current.getAndSet(new Bound(policy, new AdapterPool("tier"))));
    }

    void unbindPolicy(TierPolicy policy) {
        Bound bound = current.get();
        if (bound != null && bound.policy() == policy && current.compareAndSet(bound, null)) {
            retire(bound);
        }
    }

    @Deactivate
    void deactivate() {
        retire(current.getAndSet(null));
    }

    @Override
    public Optional<Refusal> session(String nodeId) {
        Target node = new Target(nodeId, tags.of(List.of(nodeId)).getOrDefault(nodeId, Map.of()));
        String tier = tier();
        return ask(policy -> policy.session(tier, node));
    }

    /** The tier that is set. */
    String tier() {
        return transactions.run(SettingTable::tier);
    }

    /** @param nodes how many hybrid nodes are registered already */
    Optional<Refusal> registration(String tier, long nodes) {
        return ask(policy -> policy.registration(tier, nodes));
    }

    private Optional<Refusal> ask(Function<TierPolicy, Optional<Refusal>> question) {
        if (transactions.active()) {
            throw new IllegalStateException("an adapter must not be asked inside a transaction");
        }
        while (true) {
            Bound bound = current.get();
            if (bound == null) {
                throw new SallyportException(
                        CommonError.SERVICE_AWAY, "No tier policy is there; install or start the bundle of one.");
            }
            try {
                return bound.pool().call(LIMIT, () -> question.apply(bound.policy()));
            } catch (RejectedExecutionException e) {
                LOG.debug("the tier policy was replaced under a call; its successor is asked", e);
            }
        }
    }

    private static void retire(Bound bound) {
        if (bound != null) {
            bound.pool().close();
        }
    }
}
