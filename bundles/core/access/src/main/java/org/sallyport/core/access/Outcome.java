package org.sallyport.core.access;

import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionExplainer.Reason;

/**
 * How a request was decided.
 *
 * @param denied why not; empty when it is allowed
 * @param rights what it was decided by; without documents when none was asked
 */
record Outcome(Optional<Reason> denied, Rights rights, String text) {
    static Outcome allowed(Rights rights) {
        return new Outcome(Optional.empty(), rights, "");
    }

    static Outcome denied(Reason reason, Rights rights, String text) {
        return new Outcome(Optional.of(reason), rights, text);
    }

    /** By what stands above any policy, or because there is none. */
    static Outcome denied(Reason reason, AccessRequest request, String text) {
        return denied(reason, new Rights(request, Map.of()), text);
    }

    boolean isAllowed() {
        return denied.isEmpty();
    }
}
