package org.sallyport.spi.access;

import java.util.List;
import java.util.Optional;

/**
 * The policy documents that bear on one request, JSON text of at most 128 KiB each.
 *
 * @param identity of the principal, its groups and its role; they allow
 * @param boundary its permissions boundary; empty when it has none. A boundary that cannot be found is not the same: then nothing may be
 *     asked and everything is denied
 * @param session given when the role was assumed; empty when none was
 * @param trust the trust policy of the role that is to be assumed; empty for every other request
 * @param resource the policy of another resource; empty but for simulations
 */
public record PolicyDocuments(
        List<String> identity,
        List<String> boundary,
        List<String> session,
        Optional<String> trust,
        Optional<String> resource) {

    public PolicyDocuments {
        identity = List.copyOf(identity);
        boundary = List.copyOf(boundary);
        session = List.copyOf(session);
    }

    /** Policies of an identity that nothing else limits. */
    public static PolicyDocuments ofIdentity(List<String> documents) {
        return new PolicyDocuments(documents, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** The same, limited by a permissions boundary. */
    public PolicyDocuments withBoundary(List<String> documents) {
        return new PolicyDocuments(identity, documents, session, trust, resource);
    }

    /** The same, limited by policies of the session. */
    public PolicyDocuments withSession(List<String> documents) {
        return new PolicyDocuments(identity, boundary, documents, trust, resource);
    }

    /** The same, for the role whose trust policy this is. */
    public PolicyDocuments withTrust(String document) {
        return new PolicyDocuments(identity, boundary, session, Optional.of(document), resource);
    }

    /** The same, on a resource that has this policy. */
    public PolicyDocuments withResource(String document) {
        return new PolicyDocuments(identity, boundary, session, trust, Optional.of(document));
    }
}
