package org.sallyport.spi.access;

/**
 * Something in a policy that works and is likely not meant.
 *
 * @param rule a stable name, for instance {@code PASS_ANY_ROLE}
 * @param severity how bad it is
 * @param statement number of the statement in its document, from zero
 * @param sid empty text when it has none
 * @param start where the statement begins in the text
 * @param end behind its last character
 * @param text what it opens, and what to write instead
 */
public record PolicyFinding(
        String rule,
        Severity severity,
        int statement,
        String sid,
        StatementTrace.Position start,
        StatementTrace.Position end,
        String text) {

    /** How bad a finding is. */
    public enum Severity {
        /** Whoever has the policy can give himself any right, or reach more than it says. */
        HIGH,
        /** The policy allows more, or less, than its author is likely to mean. */
        MEDIUM
    }
}
