package org.sallyport.adapter.policy.iam.lint;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.adapter.policy.iam.condition.Condition;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** ForAllValues in an Allow, which is true when the request has no such key at all. */
final class SetOperatorOpen implements Rule {

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        List<PolicyFinding> findings = new ArrayList<>();
        for (Condition condition : statement.conditions()) {
            boolean open = statement.allow() && condition.operator().startsWith("ForAllValues:");
            if (open && !requiresKey(statement, condition.key())) {
                findings.add(Rule.finding(
                        "KEY_MAY_BE_ABSENT",
                        Severity.MEDIUM,
                        policy,
                        index,
                        "%s on %s also holds without the key. Add the condition Null %s false."
                                .formatted(condition.operator(), condition.key(), condition.key())));
            }
        }
        return findings;
    }

    private static boolean requiresKey(Statement statement, String key) {
        return statement.conditions().stream()
                .anyMatch(condition -> condition.operator().equals("Null")
                        && condition.key().equalsIgnoreCase(key)
                        && condition.values().stream().allMatch("false"::equalsIgnoreCase));
    }
}
