package org.sallyport.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.iam.Simulations;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyLayer;

/**
 * Why somebody was denied, for administrators. Who was denied has the reference alone. Any thread; blocks for the store.
 */
@ProviderType
public interface DecisionExplainer {
    /** What said no. */
    enum Reason {
        /** A policy, or that none allows it. */
        POLICIES,
        /** What no policy can lift: a node acts for itself alone, a session token without a code does not call IAM. */
        CEILING,
        /** The principal, its key or its role does not exist any more, or is not active. */
        PRINCIPAL_GONE,
        /** A permissions boundary or another policy of the principal cannot be found. */
        POLICY_GONE,
        /** The policy adapter was away, failed or was late. */
        ADAPTER,
        /** A rule of the thing itself, for instance that a session is resumed by its owner alone. */
        RULE
    }

    /**
     * A denial.
     *
     * @param reference what the person denied was told
     * @param principal who was denied
     * @param context the condition keys that it was decided with
     * @param decision statement, key and values; with its text alone when the policies were not asked
     * @param sources of each layer's documents, in the order that {@code decision}'s traces count them
     */
    record Denial(
            String reference,
            Instant at,
            Reason reason,
            String principalId,
            String principal,
            String action,
            String resource,
            Map<String, List<String>> context,
            Decision decision,
            Map<PolicyLayer, List<Simulations.Source>> sources) {
        public Denial {
            context = Map.copyOf(context);
            sources = Map.copyOf(sources);
        }
    }

    /**
     * {@code sallyport:GetDecision} on {@code arn:aws:sallyport:<region>:<account>:decision/<reference>}.
     *
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED}; {@code DECISION_UNKNOWN}: never was, or is older than it is kept
     */
    Denial get(Principal caller, String reference);

    /**
     * {@code sallyport:ListDecisions}, newest first.
     *
     * @param principal only of this id or ARN, if given
     */
    Page<Denial> list(Principal caller, Optional<String> principal, PageRequest page);
}
