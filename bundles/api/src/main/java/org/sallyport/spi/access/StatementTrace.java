package org.sallyport.spi.access;

import java.util.List;

/**
 * A statement that bears on a decision, and how it came out.
 *
 * @param document number of the document in its layer's list, from zero
 * @param statement number of the statement in its document, from zero
 * @param sid empty text when it has none
 * @param allow whether its effect is Allow, else Deny
 * @param action the pattern that the action matches; for NotAction all that it does not match, after {@code not}
 * @param resource the same for the resource; empty text when none matches or the statement has none
 * @param outcome whether it matches, or what keeps it from matching
 * @param conditions all its conditions
 */
public record StatementTrace(
        PolicyLayer layer,
        int document,
        int statement,
        String sid,
        boolean allow,
        Position start,
        Position end,
        String action,
        String resource,
        Outcome outcome,
        List<ConditionTrace> conditions) {

    /** Where something stands in a document's text. Both count from one. */
    public record Position(int line, int column) {}

    /** How a statement came out whose action matches. */
    public enum Outcome {
        MATCHES,
        /** It is about other principals. */
        OTHER_PRINCIPAL,
        /** It is about other resources. */
        OTHER_RESOURCE,
        /** A condition is not true. */
        CONDITION_FAILS
    }

    public StatementTrace {
        conditions = List.copyOf(conditions);
    }
}
