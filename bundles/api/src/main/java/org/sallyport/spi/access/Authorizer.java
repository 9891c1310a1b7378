package org.sallyport.spi.access;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.sallyport.api.access.AccessRequest;

/**
 * Decides a request by the policies of its principal.
 *
 * <p>Called by the decision point once for each decision, in a bounded pool, never on a network thread. Exactly one serves: the
 * highest {@code service.ranking}. Absent, everything is denied. Many threads call at once; a call blocks until its deadline at
 * most. Policies and context are not secret; the call must not log them above debug.
 */
@ConsumerType
public interface Authorizer {

    /** What was decided; anything but {@link #ALLOWED} is a denial. */
    enum Verdict {
        ALLOWED,
        IMPLICIT_DENY,
        EXPLICIT_DENY
    }

    /**
     * @param request who, what, on which resource, with which condition keys
     * @param policies the identity-based policy documents of the principal, JSON text of at most 128 KiB each
     * @param deadline latest instant for an answer; an answer after it counts as a denial
     * @return the verdict; what the adapter cannot understand in a policy never allows
     */
    Verdict decide(AccessRequest request, List<String> policies, Instant deadline);

    /**
     * Decides by all policies that bear on a request: an explicit deny in any of them wins, and what is not allowed by the identity's
     * policies and by each of those that limit them is denied.
     *
     * <p>An adapter that does not know trust policies and policies on resources denies what has one.
     *
     * @param policies the documents and how they count
     * @return the verdict; what the adapter cannot understand in a policy never allows
     */
    default Verdict decide(AccessRequest request, PolicyDocuments policies, Instant deadline) {
        if (policies.trust().isPresent() || policies.resource().isPresent()) {
            return Verdict.EXPLICIT_DENY;
        }
        Verdict verdict = decide(request, policies.identity(), deadline);
        for (List<String> limit : List.of(policies.boundary(), policies.session())) {
            Verdict limited = limit.isEmpty() ? Verdict.ALLOWED : decide(request, limit, deadline);
            if (verdict != Verdict.EXPLICIT_DENY && limited != Verdict.ALLOWED) {
                verdict = limited;
            }
        }
        return verdict;
    }

    /**
     * Decides like {@link #decide(AccessRequest, PolicyDocuments, Instant)} and says why. Also answers simulations, whose documents and context
     * are then what a person gave.
     */
    default Decision explain(AccessRequest request, PolicyDocuments policies, Instant deadline) {
        return Decision.without(decide(request, policies, deadline), "This adapter gives no reasons.");
    }
}
