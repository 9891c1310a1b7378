package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the ceilings first, then the policy adapter with the policies of the principal. */
@Component(service = DecisionPoint.class)
public final class PolicyDecisionPoint implements DecisionPoint {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDecisionPoint.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Clock clock;
    private final Duration limit;
    private final AdapterSlot<Authorizer> authorizer = new AdapterSlot<>("policy");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile AuditTrail trail;

    @Activate
    public PolicyDecisionPoint(
            @Reference Transactions transactions, @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, Clock.systemUTC(), LIMIT);
    }

    PolicyDecisionPoint(Transactions transactions, Clock clock, Duration limit) {
        this.transactions = transactions;
        this.clock = clock;
        this.limit = limit;
    }

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

    @Deactivate
    void deactivate() {
        authorizer.close();
    }

    @Override
    public boolean allows(AccessRequest request) {
        if (transactions.active()) {
            throw new IllegalStateException("a decision asks an adapter and so must not stand inside a transaction");
        }
        boolean everybodys = Actions.key(request.action()).equals(Actions.GET_CALLER_IDENTITY)
                && request.principal().type() != PrincipalType.NODE_KEY;
        boolean allowed = everybodys || Ceilings.permit(request) && policiesAllow(request);
        AuditTrail told = trail;
        if (told != null) {
            told.decided(request, allowed);
        }
        return allowed;
    }

    @Override
    public void require(AccessRequest request) {
        if (!allows(request)) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED,
                    "User: %s is not authorized to perform: %s on resource: %s"
                            .formatted(request.principal().arn(), request.action(), request.resource()));
        }
    }

    private boolean policiesAllow(AccessRequest request) {
        List<String> policies = policies(request.principal());
        if (policies.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        AccessRequest question = PrincipalContext.add(request, now);
        try {
            return authorizer.call(limit, adapter -> adapter.decide(question, policies, now.plus(limit)))
                    == Verdict.ALLOWED;
        } catch (SallyportException e) {
            LOG.warn(
                    "Denied {} to {}: {}", request.action(), request.principal().arn(), e.getMessage(), e);
            return false;
        }
    }

    /** The documents of the principal's policies; none when one of them cannot be found, because it might have denied. */
    private List<String> policies(Principal principal) {
        List<String> names = principal.type() == PrincipalType.NODE_KEY
                ? List.of(ManagedPolicies.NODE_KEY)
                : transactions.run(
                        connection -> AccessTables.attachedPolicies(connection, Principals.policyOwner(principal)));
        List<String> documents = new ArrayList<>(names.size());
        for (String name : names) {
            Optional<String> document = ManagedPolicies.document(name);
            if (document.isEmpty()) {
                LOG.error("Denied everything to {}: its policy {} cannot be found", principal.arn(), name);
                return List.of();
            }
            documents.add(document.get());
        }
        return documents;
    }
}
