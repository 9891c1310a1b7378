package org.sallyport.adapter.policy.iam.why;

import java.util.List;
import org.sallyport.adapter.policy.iam.condition.Condition;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.adapter.policy.iam.evaluate.Grant;
import org.sallyport.adapter.policy.iam.evaluate.Placed;
import org.sallyport.adapter.policy.iam.evaluate.Question;
import org.sallyport.adapter.policy.iam.evaluate.ResourceLayer;
import org.sallyport.spi.access.ConditionTrace;
import org.sallyport.spi.access.PolicyLayer;
import org.sallyport.spi.access.StatementTrace;
import org.sallyport.spi.access.StatementTrace.Outcome;
import org.sallyport.spi.access.StatementTrace.Position;

/** Says of one statement how it comes out for a question whose action it matches. */
final class Tracer {
    private final Question question;

    Tracer(Question question) {
        this.question = question;
    }

    StatementTrace trace(Placed placed) {
        Statement statement = placed.statement();
        List<ConditionTrace> conditions =
                statement.conditions().stream().map(this::trace).toList();
        return new StatementTrace(
                placed.layer(),
                placed.document(),
                placed.number(),
                statement.sid(),
                statement.allow(),
                new Position(statement.span().startLine(), statement.span().startColumn()),
                new Position(statement.span().endLine(), statement.span().endColumn()),
                action(statement),
                resource(statement),
                outcome(placed, conditions),
                conditions);
    }

    private ConditionTrace trace(Condition condition) {
        return new ConditionTrace(
                condition.operator(),
                condition.key(),
                condition.values(),
                question.context().values(condition.key()),
                condition.holds(question.context()));
    }

    private Outcome outcome(Placed placed, List<ConditionTrace> conditions) {
        boolean onResource = placed.layer() == PolicyLayer.TRUST || placed.layer() == PolicyLayer.RESOURCE;
        if (onResource && ResourceLayer.grant(placed.statement(), question) == Grant.NONE) {
            return Outcome.OTHER_PRINCIPAL;
        }
        if (!placed.statement().matchesResource(question.resource(), question.context())) {
            return Outcome.OTHER_RESOURCE;
        }
        return conditions.stream().allMatch(ConditionTrace::holds) ? Outcome.MATCHES : Outcome.CONDITION_FAILS;
    }

    private String action(Statement statement) {
        return statement
                .actions()
                .matching(question.action())
                .orElseGet(() -> "not " + String.join(", ", statement.actions().written()));
    }

    private String resource(Statement statement) {
        return statement
                .resources()
                .map(element -> element.matching(question.resource(), question.context())
                        .orElseGet(() -> element.isNegated() ? "not " + String.join(", ", element.written()) : ""))
                .orElse("");
    }
}
