package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import java.util.stream.Stream;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** Policy variables that are never replaced: in documents of the older version, and before the fifth colon of a resource. */
final class VariableMistakes implements Rule {
    private static final String ESCAPES = "\\$\\{[*?$]}";

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        boolean written =
                texts(statement).anyMatch(text -> text.replaceAll(ESCAPES, "").contains("${"));
        return written && !hasVariables(statement)
                ? List.of(Rule.finding(
                        "VARIABLE_WITHOUT_EFFECT",
                        Severity.MEDIUM,
                        policy,
                        index,
                        "A ${...} here is never replaced: variables need the Version 2012-10-17, and in a resource they stand"
                                + " behind the fifth colon."))
                : List.of();
    }

    private static Stream<String> texts(Statement statement) {
        return Stream.concat(
                statement.resources().stream().flatMap(element -> element.written().stream()),
                statement.conditions().stream().flatMap(condition -> condition.values().stream()));
    }

    /** Whether it asks for any key beyond those of its conditions. */
    private static boolean hasVariables(Statement statement) {
        return statement.resources().stream()
                        .anyMatch(element -> !element.keys().isEmpty())
                || statement.conditions().stream()
                        .anyMatch(condition -> !condition.variables().isEmpty());
    }
}
