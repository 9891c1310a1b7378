package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** A role that everybody may assume. */
final class OpenTrust implements Rule {

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        boolean everybody = statement
                .principals()
                .map(element -> element.negated()
                        || element.names().stream().anyMatch(name -> name.text().equals("*")))
                .orElse(false);
        return statement.allow() && everybody && statement.conditions().isEmpty()
                ? List.of(Rule.finding(
                        "TRUST_EVERYBODY",
                        Severity.HIGH,
                        policy,
                        index,
                        "Trusts everybody without a condition. Name the users, roles or services."))
                : List.of();
    }
}
