package org.sallyport.adapter.policy.iam.why;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sallyport.adapter.policy.iam.evaluate.Placed;
import org.sallyport.adapter.policy.iam.evaluate.PolicySet;
import org.sallyport.spi.access.ConditionTrace;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;
import org.sallyport.spi.access.StatementTrace.Outcome;

/** Puts a decision into words for an administrator. Documents and statements count from one, as people do. */
final class Sentence {

    private Sentence() {}

    static String of(PolicySet.Outcome outcome, List<StatementTrace> decisive, List<StatementTrace> nearest) {
        return switch (outcome.verdict()) {
            case ALLOWED -> "Allowed by %s.".formatted(decided(outcome, decisive));
            case EXPLICIT_DENY -> "Explicitly denied by %s.".formatted(decided(outcome, decisive));
            case IMPLICIT_DENY ->
                "Denied because no %s policy allows it%s."
                        .formatted(
                                name(outcome.missing().orElseThrow()),
                                nearest(outcome.missing().get(), nearest));
        };
    }

    private static String decided(PolicySet.Outcome outcome, List<StatementTrace> decisive) {
        Placed by = outcome.by().orElseThrow();
        return decisive.stream()
                .filter(trace -> isSame(trace, by))
                .findFirst()
                .map(trace -> place(trace) + conditions(trace, true))
                .orElseThrow();
    }

    private static boolean isSame(StatementTrace trace, Placed placed) {
        return trace.layer() == placed.layer()
                && trace.document() == placed.document()
                && trace.statement() == placed.number();
    }

    private static String nearest(PolicyLayer layer, List<StatementTrace> nearest) {
        return nearest.stream()
                .filter(trace -> trace.layer() == layer && trace.allow())
                .max((a, b) -> a.outcome().compareTo(b.outcome()))
                .map(trace -> "; nearest is %s, but %s".formatted(place(trace), reason(trace)))
                .orElse("; none is about this action");
    }

    private static String reason(StatementTrace trace) {
        return switch (trace.outcome()) {
            case OTHER_PRINCIPAL -> "it is about other principals";
            case OTHER_RESOURCE -> "it is about other resources";
            case CONDITION_FAILS -> "its condition is not met" + conditions(trace, false);
            case MATCHES -> throw new IllegalArgumentException(trace.toString());
        };
    }

    private static String place(StatementTrace trace) {
        return "statement %d%s of %s policy %d"
                .formatted(
                        trace.statement() + 1,
                        trace.sid().isEmpty() ? "" : " (" + trace.sid() + ")",
                        name(trace.layer()),
                        trace.document() + 1);
    }

    private static String conditions(StatementTrace trace, boolean holding) {
        String all = trace.conditions().stream()
                .filter(condition -> condition.holds() == holding)
                .map(Sentence::condition)
                .collect(Collectors.joining(" and "));
        return all.isEmpty() ? "" : trace.outcome() == Outcome.MATCHES ? ", where " + all : ": " + all;
    }

    private static String condition(ConditionTrace condition) {
        return "%s %s %s and the request has %s"
                .formatted(
                        condition.key(),
                        condition.operator(),
                        condition.wanted(),
                        condition.found().isEmpty() ? "no such key" : condition.found());
    }

    private static String name(PolicyLayer layer) {
        return layer.name().toLowerCase(Locale.ROOT);
    }
}
