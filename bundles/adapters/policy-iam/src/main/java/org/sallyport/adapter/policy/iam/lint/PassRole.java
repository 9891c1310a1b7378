package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** iam:PassRole on any role: who may pass a role to a node or a service acts with the rights of that role. */
final class PassRole implements Rule {

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        boolean open = Reach.allows(statement, "iam:PassRole")
                && Reach.covers(statement, "iam", "role/nobody-0f0f0f0f")
                && !Reach.isAdministrator(statement)
                && !Reach.asks(statement, "iam:PassedToService");
        return open
                ? List.of(Rule.finding(
                        "PASS_ANY_ROLE",
                        Severity.HIGH,
                        policy,
                        index,
                        "Allows iam:PassRole on any role, so also on one with more rights. Name the roles, and the service"
                                + " by iam:PassedToService."))
                : List.of();
    }
}
