package org.sallyport.core.access;

import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer.Reason;
import org.sallyport.spi.access.Authorizer.Verdict;

/**
 * How a request was decided.
 *
 * @param denied why not; empty when it is allowed
 * @param explicit whether a statement denies it, rather than none allowing it
 * @param rights what it was decided by; without documents when none was asked
 */
record Outcome(Optional<Reason> denied, Rights rights, String text, boolean explicit) {
    static Outcome allowed(Rights rights) {
        return new Outcome(Optional.empty(), rights, "", false);
    }

    static Outcome denied(Reason reason, Rights rights, String text) {
        return new Outcome(Optional.of(reason), rights, text, reason != Reason.POLICIES);
    }

    /** By the policies. */
    static Outcome denied(Verdict verdict, Rights rights) {
        return new Outcome(Optional.of(Reason.POLICIES), rights, "", verdict == Verdict.EXPLICIT_DENY);
    }

    /** By what stands above any policy, or because there is none. */
    static Outcome denied(Reason reason, AccessRequest request, String text) {
        return denied(reason, new Rights(request, Map.of()), text);
    }

    boolean isAllowed() {
        return denied.isEmpty();
    }
}
