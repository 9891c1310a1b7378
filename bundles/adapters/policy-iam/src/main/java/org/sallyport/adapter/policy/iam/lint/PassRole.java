package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import java.util.Set;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/**
 * iam:PassRole on any role: who may pass a role to a node or a service acts with the rights of that role. That the service is asked for does not help who may make
 * nodes: root on one has its role.
 */
final class PassRole implements Rule {

    private static final Set<String> NODES =
            Set.of("ssm:CreateActivation", "ssm:UpdateManagedInstanceRole", "iam:AddRoleToInstanceProfile");

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        boolean open = Reach.allows(statement, "iam:PassRole")
                && Reach.covers(statement, "iam", "role/nobody-0f0f0f0f")
                && !Reach.isAdministrator(statement);
        List<String> nodes = policy.stream()
                .filter(other -> !Reach.isAdministrator(other))
                .flatMap(other -> Reach.allowed(other, NODES).stream())
                .distinct()
                .sorted()
                .toList();
        if (open && Reach.asks(statement, "iam:PassedToService")) {
            return nodes.isEmpty()
                    ? List.of()
                    : List.of(Rule.finding(
                            "NODE_WITH_ANY_ROLE",
                            Severity.HIGH,
                            policy,
                            index,
                            "Allows iam:PassRole on any role together with %s, so a node of one's own acts with any role that trusts the"
                                            .formatted(String.join(", ", nodes))
                                    + " service. Name the roles."));
        }
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
