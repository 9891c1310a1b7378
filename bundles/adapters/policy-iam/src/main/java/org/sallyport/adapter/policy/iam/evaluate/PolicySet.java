package org.sallyport.adapter.policy.iam.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.PolicyLayer;

/**
 * All policies that bear on one principal's request, compiled. An explicit deny anywhere wins; then the identity's policies, and what limits
 * them, must all allow, except for what a policy on the resource grants by itself. Immutable; any number of threads.
 *
 * @param trust the policy of the role that is to be assumed: without its word nobody assumes it
 * @param resource the policy of another resource
 * @see "IAM user guide, Policy evaluation logic"
 */
public record PolicySet(
        Layer identity,
        Optional<Layer> boundary,
        Optional<Layer> session,
        Optional<ResourceLayer> trust,
        Optional<ResourceLayer> resource) {

    /**
     * What was decided.
     *
     * @param by the statement that decided; empty for an implicit denial
     * @param missing the layer whose permission is missing; empty unless it is an implicit denial
     */
    public record Outcome(Verdict verdict, Optional<Placed> by, Optional<PolicyLayer> missing) {
        private static Outcome denied(Placed by) {
            return new Outcome(Verdict.EXPLICIT_DENY, Optional.of(by), Optional.empty());
        }

        private static Outcome allowed(Optional<Placed> by) {
            return new Outcome(Verdict.ALLOWED, by, Optional.empty());
        }

        private static Outcome missing(PolicyLayer layer) {
            return new Outcome(Verdict.IMPLICIT_DENY, Optional.empty(), Optional.of(layer));
        }
    }

    public PolicySet(Layer identity) {
        this(identity, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The layers whose documents name no principals. */
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(List.of(identity));
        boundary.ifPresent(layers::add);
        session.ifPresent(layers::add);
        return layers;
    }

    /** The policies on resources. */
    public List<ResourceLayer> resourceLayers() {
        return Stream.concat(trust.stream(), resource.stream()).toList();
    }

    public Outcome decide(Question question) {
        Optional<Placed> own = identity.decide(question);
        if (denies(own)) {
            return Outcome.denied(own.get());
        }
        Optional<Placed> limit = boundary.flatMap(layer -> layer.decide(question));
        if (denies(limit)) {
            return Outcome.denied(limit.get());
        }
        Optional<Placed> scope = session.flatMap(layer -> layer.decide(question));
        if (denies(scope)) {
            return Outcome.denied(scope.get());
        }
        boolean limited = boundary.isPresent() && limit.isEmpty();
        boolean scoped = session.isPresent() && scope.isEmpty();
        if (trust.isEmpty() && resource.isEmpty()) {
            return ordinary(own, limited, scoped);
        }
        return withResource(question, own, limited, scoped);
    }

    private static boolean denies(Optional<Placed> decided) {
        return decided.isPresent() && !decided.get().statement().allow();
    }

    private static Outcome ordinary(Optional<Placed> own, boolean limited, boolean scoped) {
        if (own.isEmpty()) {
            return Outcome.missing(PolicyLayer.IDENTITY);
        }
        if (limited) {
            return Outcome.missing(PolicyLayer.BOUNDARY);
        }
        return scoped ? Outcome.missing(PolicyLayer.SESSION) : Outcome.allowed(own);
    }

    private Outcome withResource(Question question, Optional<Placed> own, boolean limited, boolean scoped) {
        Optional<Placed> by = Optional.empty();
        Grant grant = Grant.NONE;
        for (ResourceLayer layer : resourceLayers()) {
            ResourceLayer.Answer answer = layer.decide(question);
            if (answer.denied().isPresent()) {
                return Outcome.denied(answer.denied().get());
            }
            if (answer.grant().compareTo(grant) > 0) {
                grant = answer.grant();
                by = answer.allowed();
            }
        }
        boolean byRole = grant == Grant.ROLE && !limited && !scoped;
        if (grant == Grant.DIRECT || byRole) {
            return Outcome.allowed(by);
        }
        if (trust.isPresent() && grant == Grant.NONE) {
            return Outcome.missing(PolicyLayer.TRUST);
        }
        return ordinary(own, limited, scoped);
    }
}
