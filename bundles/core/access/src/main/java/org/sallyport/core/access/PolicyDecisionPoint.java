package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.node.NodeTags;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the ceilings first, then the policy adapter with all policies that bear on the request. {@link #decided} is the one method that every answer of
 * this server comes from.
 */
@Component(
        service = {DecisionPoint.class, PolicyDecisionPoint.class},
        configurationPid = AccessConfig.PID)
public final class PolicyDecisionPoint implements DecisionPoint {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDecisionPoint.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private final Transactions transactions;
    private final RightsOf rights;
    private final Denials denials;
    private final Clock clock;
    private final Duration limit;
    private volatile Set<String> liftedRoles = Set.of();
    private final AdapterSlot<Authorizer> authorizer = new AdapterSlot<>("policy");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile AuditTrail trail;

    @Activate
    public PolicyDecisionPoint(
            @Reference Transactions transactions,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema,
            AccessConfig config) {
        this(transactions, Principals.of(address), Clock.systemUTC(), LIMIT);
        modified(config);
    }

    PolicyDecisionPoint(Transactions transactions, Principals names, Clock clock, Duration limit) {
        this.transactions = transactions;
        this.rights = new RightsOf(transactions, names, clock);
        this.denials = new Denials(transactions, clock);
        this.clock = clock;
        this.limit = limit;
    }

    /** Away while core/node is; then nothing is allowed on a node. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile NodeTags nodeTags;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAuthorizer(Authorizer adapter) {
        authorizer.bind(adapter);
    }

    void unbindAuthorizer(Authorizer adapter) {
        authorizer.unbind(adapter);
    }

    @Modified
    void modified(AccessConfig config) {
        liftedRoles = Set.of(config.node_lifted_roles());
    }

    @Deactivate
    void deactivate() {
        authorizer.close();
    }

    @Override
    public boolean allows(AccessRequest request) {
        return decided(request, Optional.empty()).isAllowed();
    }

    @Override
    public void require(AccessRequest request) {
        require(request, request.resource());
    }

    @Override
    public void require(AccessRequest request, String named) {
        require(request, Optional.empty(), named);
    }

    /** @param trust the trust policy of the role that is to be assumed */
    void require(AccessRequest request, Optional<String> trust, String named) {
        Outcome outcome = decided(request, trust);
        if (!outcome.isAllowed()) {
            throw refused(outcome, named, () -> explained(outcome));
        }
    }

    @Override
    public void requireOneOf(List<AccessRequest> requests) {
        List<Outcome> outcomes = requests.stream()
                .map(request -> decided(request, Optional.empty()))
                .toList();
        Optional<Outcome> denied = outcomes.stream().filter(Outcome::explicit).findFirst();
        if (denied.isEmpty() && outcomes.stream().noneMatch(Outcome::isAllowed)) {
            denied = Optional.of(outcomes.get(0));
        }
        denied.ifPresent(outcome -> {
            throw refused(outcome, requests.get(0).resource(), () -> explained(outcome));
        });
    }

    @Override
    public SallyportException refusal(AccessRequest request, String why) {
        Outcome outcome = Outcome.denied(Reason.RULE, request, why);
        return refused(outcome, request.resource(), () -> explained(outcome));
    }

    /**
     * Every answer comes from here.
     *
     * @param trust the trust policy of the role that is to be assumed; empty for every other request
     */
    Outcome decided(AccessRequest request, Optional<String> trust) {
        Outcome outcome = judged(request, trust);
        AuditTrail told = trail;
        if (told != null) {
            told.decided(request, outcome.isAllowed());
        }
        return outcome;
    }

    private Outcome judged(AccessRequest request, Optional<String> trust) {
        if (transactions.active()) {
            throw new IllegalStateException("a decision asks an adapter and so must not stand inside a transaction");
        }
        if (Ceilings.everybodys(request)) {
            return Outcome.allowed(new Rights(request, Map.of()));
        }
        if (!Ceilings.permit(request, trust.isPresent(), liftedRoles)) {
            return Outcome.denied(
                    Reason.CEILING, request, "No policy can allow this to such a principal or credential.");
        }
        AccessRequest tagged;
        try {
            tagged = NodeResources.tagged(request, nodeTags);
        } catch (SallyportException e) {
            LOG.warn(
                    "Denied {} to {}: {}", request.action(), request.principal().arn(), e.getMessage());
            return Outcome.denied(Reason.ADAPTER, request, e.getMessage());
        }
        Outcome collected = rights.of(tagged, trust);
        return collected.isAllowed() ? asked(collected.rights()) : collected;
    }

    /** An opaque text that stays the same as long as what is known of the principal's user or role does. */
    String standing(Principal principal) {
        return rights.standing(principal);
    }

    /** How a question that is not one of this server's own would be decided, with its reasons. */
    Decision explained(AccessRequest question, PolicyDocuments documents) {
        Instant now = clock.instant();
        return authorizer.call(limit, adapter -> adapter.explain(question, documents, now.plus(limit)));
    }

    private Outcome asked(Rights collected) {
        if (collected.empty()) {
            return Outcome.denied(Reason.POLICIES, collected, "The principal has no policy.");
        }
        Instant now = clock.instant();
        AccessRequest question = collected.question();
        PolicyDocuments documents = collected.policies();
        try {
            Verdict verdict = authorizer.call(limit, adapter -> adapter.decide(question, documents, now.plus(limit)));
            return verdict == Verdict.ALLOWED ? Outcome.allowed(collected) : Outcome.denied(verdict, collected);
        } catch (SallyportException e) {
            LOG.warn(
                    "Denied {} to {}: {}",
                    question.action(),
                    question.principal().arn(),
                    e.getMessage(),
                    e);
            return Outcome.denied(Reason.ADAPTER, collected, e.getMessage());
        }
    }

    private Decision explained(Outcome outcome) {
        if (outcome.denied().filter(Reason.POLICIES::equals).isEmpty()
                || outcome.rights().empty()) {
            return Decision.without(Verdict.IMPLICIT_DENY, outcome.text());
        }
        try {
            return explained(outcome.rights().question(), outcome.rights().policies());
        } catch (SallyportException e) {
            return Decision.without(Verdict.IMPLICIT_DENY, "The reasons cannot be had: " + e.getMessage());
        }
    }

    private SallyportException refused(Outcome outcome, String named, Supplier<Decision> explain) {
        AccessRequest question = outcome.rights().question();
        String reference = denials.keep(outcome, explain)
                .map(id -> " (reference " + id + ")")
                .orElse("");
        return new SallyportException(
                AccessError.ACCESS_DENIED,
                "User: %s is not authorized to perform: %s on resource: %s"
                                .formatted(question.principal().arn(), question.action(), named)
                        + reference);
    }
}
