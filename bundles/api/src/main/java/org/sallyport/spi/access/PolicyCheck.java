package org.sallyport.spi.access;

import java.util.Optional;

/**
 * Whether a document may be stored.
 *
 * @param characters its size as quotas count it, without white space; quotas on all documents of an owner together are the caller's to add up
 * @param problem why it may not; empty when it may
 */
public record PolicyCheck(int characters, Optional<Problem> problem) {

    /**
     * Why a document may not be stored.
     *
     * @param message AWS's own text
     * @param detail what and where, for the person who wrote it
     * @param at where it begins in the text; empty when it is about the whole document
     */
    public record Problem(Kind kind, String message, String detail, Optional<StatementTrace.Position> at) {}

    /** What kind of answer AWS gives. */
    public enum Kind {
        /** MalformedPolicyDocument. */
        MALFORMED,
        /** LimitExceeded. */
        TOO_LARGE
    }
}
