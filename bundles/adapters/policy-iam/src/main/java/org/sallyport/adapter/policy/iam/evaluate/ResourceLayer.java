package org.sallyport.adapter.policy.iam.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyLayer;

/** One policy on a resource, such as a role's trust policy: its statements also name who they are for. */
public final class ResourceLayer {
    private final List<Placed> statements;

    public ResourceLayer(PolicyLayer name, Policy policy) {
        List<Placed> placed = new ArrayList<>();
        for (Statement statement : policy.statements()) {
            placed.add(new Placed(name, 0, placed.size(), statement));
        }
        statements = List.copyOf(placed);
    }

    public List<Placed> statements() {
        return statements;
    }

    /** What it says: a statement that denies, or the one that grants most. */
    record Answer(Optional<Placed> denied, Optional<Placed> allowed, Grant grant) {}

    Answer decide(Question question) {
        Optional<Placed> allowed = Optional.empty();
        Grant best = Grant.NONE;
        for (Placed placed : statements) {
            Grant grant = grant(placed.statement(), question);
            if (grant != Grant.NONE && matches(placed.statement(), question)) {
                if (!placed.statement().allow()) {
                    return new Answer(Optional.of(placed), Optional.empty(), Grant.NONE);
                }
                if (grant.compareTo(best) > 0) {
                    best = grant;
                    allowed = Optional.of(placed);
                }
            }
        }
        return new Answer(Optional.empty(), allowed, best);
    }

    /** How the statement names who asks. */
    public static Grant grant(Statement statement, Question question) {
        return statement
                .principals()
                .map(element -> Principals.match(element, question))
                .orElse(Grant.NONE);
    }

    private static boolean matches(Statement statement, Question question) {
        return statement.actions().match(question.action())
                && statement.matchesResource(question.resource(), question.context())
                && statement.conditionsHold(question.context());
    }
}
