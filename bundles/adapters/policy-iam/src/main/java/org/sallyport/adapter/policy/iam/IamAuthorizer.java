package org.sallyport.adapter.policy.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.sallyport.adapter.policy.iam.evaluate.PolicySet;
import org.sallyport.adapter.policy.iam.evaluate.Question;
import org.sallyport.adapter.policy.iam.why.Explainer;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.spi.access.Authorizer;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyDocuments;

/**
 * Decides by IAM policies as AWS does. A malformed document denies everything to its principal, because a Deny may have stood in it.
 *
 * @see "IAM user guide, Policy evaluation logic"
 */
@Component(service = Authorizer.class)
public final class IamAuthorizer implements Authorizer {
    /** Characters of documents that stay compiled: some four thousand policies of common size. */
    private static final long CACHED_CHARACTERS = 8_000_000;

    private final PolicyCache cache = new PolicyCache(CACHED_CHARACTERS);

    @Override
    public Verdict decide(AccessRequest request, List<String> policies, Instant deadline) {
        return decide(request, PolicyDocuments.ofIdentity(policies), deadline);
    }

    @Override
    public Verdict decide(AccessRequest request, PolicyDocuments policies, Instant deadline) {
        Optional<PolicySet> compiled = cache.get(policies);
        return compiled.map(set -> set.decide(Question.of(request)).verdict()).orElse(Verdict.EXPLICIT_DENY);
    }

    @Override
    public Decision explain(AccessRequest request, PolicyDocuments policies, Instant deadline) {
        return cache.get(policies)
                .map(set -> Explainer.explain(set, Question.of(request)))
                .orElseGet(() -> Decision.without(
                        Verdict.EXPLICIT_DENY, "One of the policies is malformed; it denies everything."));
    }
}
