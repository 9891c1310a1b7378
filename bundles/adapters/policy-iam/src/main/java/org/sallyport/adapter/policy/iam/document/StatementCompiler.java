package org.sallyport.adapter.policy.iam.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.condition.Condition;

/** Makes the form that is evaluated. */
final class StatementCompiler {

    private StatementCompiler() {}

    static Statement compile(RawStatement raw, boolean variables) throws MalformedPolicyException {
        List<Condition> conditions = new ArrayList<>();
        for (RawStatement.RawCondition condition : raw.conditions()) {
            conditions.add(condition(condition, variables)
                    .orElseThrow(() -> MalformedPolicyException.legacy("A value of %s under %s is no such value."
                            .formatted(condition.key(), condition.operator()))));
        }
        RawStatement.Element actions = raw.actions().orElseThrow();
        return new Statement(
                raw.sid(),
                raw.effect().equals("Allow"),
                raw.principals(),
                new ActionPatterns(actions.texts(), actions.negated()),
                raw.resources().map(element -> new ResourcePatterns(element.texts(), element.negated(), variables)),
                List.copyOf(conditions),
                raw.span());
    }

    static Optional<Condition> condition(RawStatement.RawCondition raw, boolean variables) {
        return Condition.compile(raw.operator(), raw.key(), raw.values(), variables);
    }
}
