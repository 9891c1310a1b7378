package org.sallyport.adapter.policy.iam.document;

import java.util.Optional;
import org.sallyport.spi.access.StatementTrace.Position;

/** A document that is no policy. The message is IAM's own text; {@link #detail()} says what and where for the person who wrote it. */
public final class MalformedPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** IAM's texts. */
    static final String SYNTAX = "Syntax errors in policy.";

    static final String LEGACY = "The policy failed legacy parsing";

    private final String detail;
    private final transient Optional<Position> at;

    public MalformedPolicyException(String message, String detail) {
        this(message, detail, Optional.empty());
    }

    private MalformedPolicyException(String message, String detail, Optional<Position> at) {
        super(message);
        this.detail = detail;
        this.at = at;
    }

    static MalformedPolicyException syntax(String detail) {
        return new MalformedPolicyException(SYNTAX, detail);
    }

    static MalformedPolicyException legacy(String detail) {
        return new MalformedPolicyException(LEGACY, detail);
    }

    /** The same at a place, unless it has one already. */
    MalformedPolicyException at(int line, int column) {
        return at.isPresent()
                ? this
                : new MalformedPolicyException(getMessage(), detail, Optional.of(new Position(line, column)));
    }

    /** The same at the begin of a statement, unless it has a place already. */
    MalformedPolicyException in(RawStatement statement) {
        return at(statement.span().startLine(), statement.span().startColumn());
    }

    /** Where it begins in the text; empty when it is about the whole document. */
    public Optional<Position> at() {
        return at;
    }

    public String detail() {
        return detail;
    }
}
