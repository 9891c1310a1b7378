package org.sallyport.adapter.policy.iam;

import java.util.List;
import org.sallyport.spi.access.Authorizer.Verdict;

/** A compiled policy document. Immutable. */
record Policy(List<Statement> statements) {

    Policy {
        statements = List.copyOf(statements);
    }

    /** What this document alone says; a Deny beats an Allow wherever it stands. */
    Verdict decide(String action, String resource) {
        Verdict verdict = Verdict.IMPLICIT_DENY;
        for (Statement statement : statements) {
            if (statement.applies(action, resource)) {
                if (!statement.allow()) {
                    return Verdict.EXPLICIT_DENY;
                }
                verdict = Verdict.ALLOWED;
            }
        }
        return verdict;
    }
}
