package org.sallyport.spi.access;

import java.util.List;
import java.util.Optional;

/**
 * A verdict with its reasons, for an administrator or a simulation; who was denied is not told them.
 *
 * @param verdict the same as of {@link Authorizer#decide(org.sallyport.api.access.AccessRequest, PolicyDocuments, java.time.Instant)}
 * @param text one sentence that says which statement, key and value decided
 * @param decisive the statements that match and decide: those that deny for an explicit denial, else those that allow, in any layer
 * @param nearest at most 20 statements whose action matches and that do not match for another reason; the reasons of an implicit denial
 * @param missing the layer without whose permission it is denied; empty unless it is an implicit denial
 * @param allowedByBoundary empty when there is no boundary
 * @param missingKeys the condition keys that the documents ask for, variables included, and the request does not have; sorted
 */
public record Decision(
        Authorizer.Verdict verdict,
        String text,
        List<StatementTrace> decisive,
        List<StatementTrace> nearest,
        Optional<PolicyLayer> missing,
        Optional<Boolean> allowedByBoundary,
        List<String> missingKeys) {

    public Decision {
        decisive = List.copyOf(decisive);
        nearest = List.copyOf(nearest);
        missingKeys = List.copyOf(missingKeys);
    }

    /** A verdict whose reasons are not known. */
    public static Decision without(Authorizer.Verdict verdict, String text) {
        return new Decision(verdict, text, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
    }
}
