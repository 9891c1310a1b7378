package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import java.util.Set;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** The document that holds the preferences of all sessions can be changed: who may do that sets run-as, limits and recording. */
final class PreferencesWritable implements Rule {
    private static final Set<String> CHANGES = Set.of(
            "ssm:UpdateDocument", "ssm:UpdateDocumentDefaultVersion", "ssm:CreateDocument", "ssm:DeleteDocument");
    private static final String PREFERENCES = "document/SSM-SessionManagerRunShell";

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        List<String> changes = Reach.allowed(statement, CHANGES);
        boolean open =
                !changes.isEmpty() && Reach.covers(statement, "ssm", PREFERENCES) && !Reach.isAdministrator(statement);
        return open
                ? List.of(Rule.finding(
                        "PREFERENCES_WRITABLE",
                        Severity.HIGH,
                        policy,
                        index,
                        "Allows %s on SSM-SessionManagerRunShell, which holds the preferences of all sessions. Leave it to"
                                        .formatted(String.join(", ", changes))
                                + " administrators and name the other documents."))
                : List.of();
    }
}
