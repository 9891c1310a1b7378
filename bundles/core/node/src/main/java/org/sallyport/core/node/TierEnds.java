package org.sallyport.core.node;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.session.NodeSessions;

/** Ends the sessions that the tier does not allow any more. */
@Component(service = TierEnds.class)
public final class TierEnds {
    private final ActivationTiers tiers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile NodeSessions sessions;

    @Activate
    public TierEnds(@Reference ActivationTiers tiers) {
        this.tiers = tiers;
    }

    /** @throws SallyportException {@code SERVICE_AWAY} while the session engine or the tier policy is; then it must be tried again */
    void enforce() {
        NodeSessions now = sessions;
        if (now == null) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "The session engine is not there at the moment.");
        }
        for (String node : now.nodesInUse()) {
            tiers.session(node).ifPresent(refusal -> now.endOfNode(node, EndCause.TIER, refusal.message()));
        }
    }
}
