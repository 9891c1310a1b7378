package org.sallyport.adapter.policy.iam.lint;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.spi.access.PolicyFinding;

/**
 * Looks for known mistakes and roads to more rights in one document. It takes a Deny for nothing and knows no other document, so a finding is
 * a question and no verdict.
 */
public final class Linter {
    private static final List<Rule> RULES = List.of(
            new Escalation(),
            new PassRole(),
            new AllExcept(),
            new SshEverywhere(),
            new DocumentUnchecked(),
            new PreferencesWritable(),
            new SessionsOfOthers(),
            new SetOperatorOpen(),
            new VariableMistakes(),
            new OpenTrust());

    private Linter() {}

    public static List<PolicyFinding> lint(Policy policy) {
        List<PolicyFinding> findings = new ArrayList<>();
        for (int index = 0; index < policy.statements().size(); index++) {
            for (Rule rule : RULES) {
                findings.addAll(rule.check(policy.statements(), index));
            }
        }
        return findings;
    }
}
