package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** Allow with NotAction or NotResource, which also allows what is added later. */
final class AllExcept implements Rule {

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        if (!statement.allow()) {
            return List.of();
        }
        boolean resources =
                statement.resources().isPresent() && statement.resources().get().isNegated();
        if (!statement.actions().isNegated() && !resources) {
            return List.of();
        }
        String element = statement.actions().isNegated() ? "NotAction" : "NotResource";
        return List.of(Rule.finding(
                "ALLOW_ALL_EXCEPT",
                Severity.MEDIUM,
                policy,
                index,
                "Allow with %s allows everything else, also what comes later. Name what is allowed."
                        .formatted(element)));
    }
}
