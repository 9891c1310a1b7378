package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.Span;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;
import org.sallyport.spi.access.StatementTrace.Position;

/** Looks for one kind of mistake. Pure. */
interface Rule {

    /**
     * @param policy all statements, for rules that look at more than one
     * @param index which of them is looked at
     */
    List<PolicyFinding> check(List<Statement> policy, int index);

    /** A finding about a statement. */
    static PolicyFinding finding(String rule, Severity severity, List<Statement> policy, int index, String text) {
        Statement statement = policy.get(index);
        Span span = statement.span();
        return new PolicyFinding(
                rule,
                severity,
                index,
                statement.sid(),
                new Position(span.startLine(), span.startColumn()),
                new Position(span.endLine(), span.endColumn()),
                text);
    }
}
