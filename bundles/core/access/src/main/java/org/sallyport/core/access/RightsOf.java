package org.sallyport.core.access;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.iam.Simulations.Source;
import org.sallyport.core.access.Entitlements.Document;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.access.PolicyLayer;

/** Collects the policies that bear on a request, and finds out who has lost all rights. Any thread; blocks for the store. */
final class RightsOf {
    private static final String NODE_KEY_SOURCE = "aws-managed";
    private final Transactions transactions;
    private final Principals names;
    private final EntitlementLoader loader;
    private final EntitlementCache cache;
    private final Clock clock;

    private record Found(Entitlements owner, Optional<List<Document>> session) {}

    RightsOf(Transactions transactions, Principals names, Clock clock) {
        this.transactions = transactions;
        this.names = names;
        this.loader = new EntitlementLoader(names, new PolicyFinder(names));
        this.cache = new EntitlementCache(loader);
        this.clock = clock;
    }

    /** What the policies are to be asked with; or a denial that needs no policy. */
    Outcome of(AccessRequest request, Optional<String> trust) {
        Principal principal = request.principal();
        Found found =
                switch (principal.type()) {
                    case USER, ROLE, NODE -> find(principal);
                    case NODE_KEY, WEB_IDENTITY, SERVICE -> new Found(Entitlements.NONE, Optional.of(List.of()));
                };
        Entitlements owner = found.owner();
        AccessRequest question = PrincipalContext.add(request, owner, names.region(), clock.instant());
        boolean stored = principal.type() == PrincipalType.USER
                || principal.type() == PrincipalType.ROLE
                || principal.type() == PrincipalType.NODE;
        if (stored && owner.gone()) {
            return Outcome.denied(Reason.PRINCIPAL_GONE, question, "The user or role does not exist any more.");
        }
        if (inactive(principal, owner)) {
            return Outcome.denied(Reason.PRINCIPAL_GONE, question, "The access key is not active any more.");
        }
        if (owner.missing() || found.session().isEmpty()) {
            return Outcome.denied(
                    Reason.POLICY_GONE,
                    question,
                    "A policy, a session policy or the permissions boundary cannot be found; it might have denied.");
        }
        Map<PolicyLayer, List<Document>> documents = new EnumMap<>(PolicyLayer.class);
        documents.put(
                PolicyLayer.IDENTITY,
                principal.type() == PrincipalType.NODE_KEY ? List.of(nodeKey()) : owner.identity());
        documents.put(PolicyLayer.BOUNDARY, owner.boundary());
        documents.put(PolicyLayer.SESSION, found.session().get());
        trust.ifPresent(text -> documents.put(
                PolicyLayer.TRUST, List.of(new Document(text, new Source("AssumeRolePolicyDocument", "resource")))));
        return Outcome.allowed(new Rights(question, documents));
    }

    /** An opaque text that stays the same as long as what is known of the principal does. */
    String standing(Principal principal) {
        Found found = find(principal);
        StringBuilder mark = new StringBuilder(found.owner().mark());
        found.session()
                .ifPresentOrElse(
                        documents -> documents.forEach(
                                document -> mark.append(' ').append(KeyEnvelopes.hex(document.text()))),
                        () -> mark.append(" missing"));
        return mark.toString();
    }

    private Found find(Principal principal) {
        List<String> session = principal.credential().policies();
        return transactions.run(connection -> new Found(
                cache.of(connection, Principals.policyOwner(principal)),
                session.isEmpty() ? Optional.of(List.of()) : loader.session(connection, session)));
    }

    private static boolean inactive(Principal principal, Entitlements owner) {
        return principal
                .credential()
                .keyId()
                .filter(key -> principal.type() == PrincipalType.USER && key.startsWith("AKIA"))
                .filter(key -> !owner.activeKeys().contains(key))
                .isPresent();
    }

    private static Document nodeKey() {
        return new Document(
                BuiltInPolicies.NODE_KEY.document(), new Source(BuiltInPolicies.NODE_KEY.name(), NODE_KEY_SOURCE));
    }
}
