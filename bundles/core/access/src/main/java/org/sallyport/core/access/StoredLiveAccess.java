package org.sallyport.core.access;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.store.Transactions;

/** Says what of core/access the right to a running session follows from. */
@Component(service = LiveAccess.class)
public final class StoredLiveAccess implements LiveAccess {
    private final Transactions transactions;
    private final PolicyDecisionPoint decisions;

    @Activate
    public StoredLiveAccess(@Reference Transactions transactions, @Reference PolicyDecisionPoint decisions) {
        this.transactions = transactions;
        this.decisions = decisions;
    }

    @Override
    public long version() {
        return transactions.run(Versions::now);
    }

    @Override
    public String standing(Principal principal) {
        return decisions.standing(principal);
    }

    @Override
    public boolean stillAllows(AccessRequest request) {
        Outcome outcome = decisions.decided(request, Optional.empty());
        if (outcome.denied().filter(Reason.ADAPTER::equals).isPresent()) {
            throw new SallyportException(CommonError.SERVICE_AWAY, outcome.text());
        }
        return outcome.isAllowed();
    }
}
