package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** Sessions by the SSH document to every node: what passes inside SSH is encrypted and cannot be recorded. */
final class SshEverywhere implements Rule {
    private static final String START = "ssm:StartSession";
    private static final String SSH = "document/AWS-StartSSHSession";

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        boolean ssh = Reach.allows(statement, START)
                && Reach.covers(statement, "ssm", SSH)
                && !Reach.isAdministrator(statement);
        boolean everywhere = policy.stream()
                .anyMatch(other -> Reach.allows(other, START)
                        && Reach.coversAnyNode(other)
                        && !Reach.asks(other, "ssm:resourceTag/")
                        && !Reach.asks(other, "aws:ResourceTag/"));
        return ssh && everywhere
                ? List.of(Rule.finding(
                        "SSH_TO_ANY_NODE",
                        Severity.HIGH,
                        policy,
                        index,
                        "Allows the document AWS-StartSSHSession on any node; what passes inside SSH is not recorded. Name"
                                + " the nodes, or narrow them by ssm:resourceTag."))
                : List.of();
    }
}
