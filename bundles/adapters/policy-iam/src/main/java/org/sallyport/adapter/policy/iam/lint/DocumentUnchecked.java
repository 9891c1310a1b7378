package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** ssm:StartSession on nodes without the check that the session's document is allowed as well. */
final class DocumentUnchecked implements Rule {
    private static final String CHECK = "ssm:SessionDocumentAccessCheck";

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        boolean nodes = Reach.allows(statement, "ssm:StartSession")
                && !Reach.isAdministrator(statement)
                && isAboutNodes(statement);
        return nodes && !requiresCheck(statement)
                ? List.of(Rule.finding(
                        "DOCUMENT_UNCHECKED",
                        Severity.MEDIUM,
                        policy,
                        index,
                        "Allows ssm:StartSession on nodes without %s, so the default document needs no permission of its"
                                        .formatted(CHECK)
                                + " own. Add the condition Bool %s true and allow the documents.".formatted(CHECK)))
                : List.of();
    }

    /** Also when it names one node only. */
    private static boolean isAboutNodes(Statement statement) {
        return Reach.coversAnyNode(statement)
                || statement
                        .resources()
                        .map(element -> element.written().stream()
                                .anyMatch(text -> text.contains(":managed-instance/") || text.contains(":instance/")))
                        .orElse(false);
    }

    private static boolean requiresCheck(Statement statement) {
        return statement.conditions().stream()
                .anyMatch(condition -> condition.key().equalsIgnoreCase(CHECK)
                        && condition.operator().startsWith("Bool")
                        && condition.values().stream().allMatch("true"::equalsIgnoreCase));
    }
}
