package org.sallyport.adapter.policy.iam.lint;

import java.util.List;
import java.util.Set;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyFinding;
import org.sallyport.spi.access.PolicyFinding.Severity;

/** Sessions of other people can be taken over or ended, or those of people whose name begins the same. */
final class SessionsOfOthers implements Rule {
    private static final Set<String> ON_SESSIONS = Set.of("ssm:ResumeSession", "ssm:TerminateSession");

    @Override
    public List<PolicyFinding> check(List<Statement> policy, int index) {
        Statement statement = policy.get(index);
        List<String> actions = Reach.allowed(statement, ON_SESSIONS);
        if (actions.isEmpty() || Reach.isAdministrator(statement) || Reach.asks(statement, "ssm:resourceTag/")) {
            return List.of();
        }
        if (Reach.covers(statement, "ssm", Reach.ANY_SESSION)) {
            return List.of(Rule.finding(
                    "SESSIONS_OF_OTHERS",
                    Severity.MEDIUM,
                    policy,
                    index,
                    "Allows %s on the sessions of everybody. Write session/${aws:username}-* for one's own."
                            .formatted(String.join(", ", actions))));
        }
        boolean byBeginning = statement
                .resources()
                .map(element -> element.written().stream()
                        .anyMatch(text ->
                                text.contains("session/${aws:username}*") || text.contains("session/${aws:userid}*")))
                .orElse(false);
        return byBeginning
                ? List.of(Rule.finding(
                        "NAME_AS_BEGINNING",
                        Severity.MEDIUM,
                        policy,
                        index,
                        "A name followed by * also matches longer names: bob* is bobby's too. Put a - before the *."))
                : List.of();
    }
}
