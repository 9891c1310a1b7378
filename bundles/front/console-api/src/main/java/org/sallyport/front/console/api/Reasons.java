package org.sallyport.front.console.api;

import java.util.List;
import java.util.Map;
import org.sallyport.api.iam.Simulations.Source;
import org.sallyport.spi.access.ConditionTrace;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;

/** Which statements decided, and why others did not. */
final class Reasons {
    private Reasons() {}

    /** How one condition of a statement came out. */
    record ConditionShown(String operator, String key, List<String> wanted, List<String> found, boolean holds) {
        static ConditionShown of(ConditionTrace trace) {
            return new ConditionShown(trace.operator(), trace.key(), trace.wanted(), trace.found(), trace.holds());
        }
    }

    /**
     * A statement that bears on a decision.
     *
     * @param layer {@code IDENTITY}, {@code BOUNDARY}, {@code SESSION}, {@code TRUST} or {@code RESOURCE}
     * @param policy where it stands, as a simulation names it; empty text when that is not known
     * @param policyType {@code user}, {@code group}, {@code role}, {@code aws-managed}, {@code user-managed}, {@code resource} or {@code none}
     * @param number of the statement in its document, from 1
     * @param outcome {@code MATCHES}, or what keeps it from matching
     */
    record StatementShown(
            String layer,
            String policy,
            String policyType,
            int number,
            String sid,
            boolean allow,
            int startLine,
            int endLine,
            String action,
            String resource,
            String outcome,
            List<ConditionShown> conditions) {
        static StatementShown of(StatementTrace trace, Map<PolicyLayer, List<Source>> sources) {
            List<Source> layer = sources.getOrDefault(trace.layer(), List.of());
            Source source = trace.document() < layer.size() ? layer.get(trace.document()) : new Source("", "none");
            return new StatementShown(
                    trace.layer().name(),
                    source.id(),
                    source.type(),
                    trace.statement() + 1,
                    trace.sid(),
                    trace.allow(),
                    trace.start().line(),
                    trace.end().line(),
                    trace.action(),
                    trace.resource(),
                    trace.outcome().name(),
                    trace.conditions().stream().map(ConditionShown::of).toList());
        }
    }

    /**
     * A verdict with its reasons.
     *
     * @param verdict {@code ALLOWED}, {@code IMPLICIT_DENY} or {@code EXPLICIT_DENY}
     * @param decisive the statements that decide
     * @param nearest statements about the same action that do not match for another reason
     * @param missing the layer without whose permission it is denied
     */
    record Verdict(
            String verdict,
            String text,
            List<StatementShown> decisive,
            List<StatementShown> nearest,
            @Maybe String missing,
            @Maybe Boolean allowedByBoundary,
            List<String> missingKeys) {
        static Verdict of(Decision decision, Map<PolicyLayer, List<Source>> sources) {
            return new Verdict(
                    decision.verdict().name(),
                    decision.text(),
                    shown(decision.decisive(), sources),
                    shown(decision.nearest(), sources),
                    decision.missing().map(PolicyLayer::name).orElse(null),
                    decision.allowedByBoundary().orElse(null),
                    decision.missingKeys());
        }
    }

    private static List<StatementShown> shown(List<StatementTrace> traces, Map<PolicyLayer, List<Source>> sources) {
        return traces.stream().map(trace -> StatementShown.of(trace, sources)).toList();
    }
}
