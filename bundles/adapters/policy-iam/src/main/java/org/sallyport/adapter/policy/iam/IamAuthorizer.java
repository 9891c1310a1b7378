package org.sallyport.adapter.policy.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer;

/**
 * Decides by the elements Effect, Action, NotAction, Resource and NotResource of IAM policies.
 *
 * <p>What is not evaluated here (Condition, Principal, policy variables, unknown elements) never allows: such an Allow is passed over and
 * such a Deny denies. A malformed document denies everything to its principal, because a Deny may have stood in it.
 *
 * @see "IAM user guide, policy evaluation logic"
 */
@Component(service = Authorizer.class)
public final class IamAuthorizer implements Authorizer {
    private static final int CACHED_DOCUMENTS = 256;

    private final PolicyCache cache = new PolicyCache(CACHED_DOCUMENTS);

    @Override
    public Verdict decide(AccessRequest request, List<String> policies, Instant deadline) {
        Verdict verdict = Verdict.IMPLICIT_DENY;
        for (String document : policies) {
            Optional<Policy> policy = cache.get(document);
            if (policy.isEmpty()) {
                return Verdict.EXPLICIT_DENY;
            }
            switch (policy.get().decide(request.action(), request.resource())) {
                case EXPLICIT_DENY -> {
                    return Verdict.EXPLICIT_DENY;
                }
                case ALLOWED -> verdict = Verdict.ALLOWED;
                case IMPLICIT_DENY -> {}
            }
        }
        return verdict;
    }
}
