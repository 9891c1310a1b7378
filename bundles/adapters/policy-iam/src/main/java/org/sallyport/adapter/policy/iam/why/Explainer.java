package org.sallyport.adapter.policy.iam.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.adapter.policy.iam.evaluate.Placed;
import org.sallyport.adapter.policy.iam.evaluate.PolicySet;
import org.sallyport.adapter.policy.iam.evaluate.Question;
import org.sallyport.spi.access.Authorizer.Verdict;
import org.sallyport.spi.access.Decision;
import org.sallyport.spi.access.StatementTrace;
import org.sallyport.spi.access.StatementTrace.Outcome;

/** Decides once more with open eyes: looks at every statement, which a decision alone does not. */
public final class Explainer {
    private static final int MAX_NEAREST = 20;

    private Explainer() {}

    public static Decision explain(PolicySet policies, Question question) {
        PolicySet.Outcome outcome = policies.decide(question);
        boolean denied = outcome.verdict() == Verdict.EXPLICIT_DENY;
        List<StatementTrace> decisive = new ArrayList<>();
        List<StatementTrace> nearest = new ArrayList<>();
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Tracer tracer = new Tracer(question);
        for (Placed placed : all(policies)) {
            keys.addAll(placed.statement().keys());
            if (!placed.statement().actions().match(question.action())) {
                continue;
            }
            StatementTrace trace = tracer.trace(placed);
            if (trace.outcome() != Outcome.MATCHES) {
                nearest.add(trace);
            } else if (trace.allow() != denied) {
                decisive.add(trace);
            }
        }
        keys.removeIf(question.context()::has);
        return new Decision(
                outcome.verdict(),
                Sentence.of(outcome, decisive, nearest),
                decisive,
                nearest.subList(0, Math.min(MAX_NEAREST, nearest.size())),
                outcome.missing(),
                allowedByBoundary(policies, question),
                List.copyOf(keys));
    }

    private static List<Placed> all(PolicySet policies) {
        List<Placed> all = new ArrayList<>();
        policies.layers().forEach(layer -> all.addAll(layer.statements()));
        policies.resourceLayers().forEach(layer -> all.addAll(layer.statements()));
        return all;
    }

    private static Optional<Boolean> allowedByBoundary(PolicySet policies, Question question) {
        return policies.boundary().map(layer -> layer.decide(question)
                .filter(placed -> placed.statement().allow())
                .isPresent());
    }
}
