package org.sallyport.core.access;

import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.store.Transactions;

/** Says what of core/access the right to a running session follows from. */
@Component(service = LiveAccess.class)
public final class StoredLiveAccess implements LiveAccess {
    private static final String REVOKED = "revoked";
    private final Transactions transactions;
    private final PolicyDecisionPoint decisions;
    private final Clock clock;

    @Activate
    public StoredLiveAccess(@Reference Transactions transactions, @Reference PolicyDecisionPoint decisions) {
        this(transactions, decisions, Clock.systemUTC());
    }

    StoredLiveAccess(Transactions transactions, PolicyDecisionPoint decisions, Clock clock) {
        this.transactions = transactions;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public long version() {
        return transactions.run(Versions::now);
    }

    @Override
    public String standing(Principal principal) {
        return revoked(principal) ? REVOKED : decisions.standing(principal);
    }

    @Override
    public boolean stillAllows(AccessRequest request) {
        if (revoked(request.principal())) {
            return false;
        }
        Outcome outcome = decisions.decided(request, Optional.empty());
        if (outcome.denied().filter(Reason.ADAPTER::equals).isPresent()) {
            throw new SallyportException(CommonError.SERVICE_AWAY, outcome.text());
        }
        return outcome.isAllowed();
    }

    /** Temporary credentials that are gone before their time were taken away; those that are over ended by themselves. */
    private boolean revoked(Principal principal) {
        Credential credential = principal.credential();
        Optional<String> key = credential.keyId().filter(id -> id.startsWith("ASIA"));
        boolean running = credential.expires().filter(clock.instant()::isBefore).isPresent();
        return key.isPresent()
                && running
                && principal.nodeId().isEmpty()
                && !transactions.run(connection -> CredentialTable.find(connection, key.get())
                                .isPresent()
                        || TemporaryLoginTable.find(connection, key.get()).isPresent());
    }
}
