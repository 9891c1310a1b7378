package org.sallyport.adapter.policy.iam.document;

/** A document that is no policy. The message is IAM's own text; {@link #detail()} says what and where for the person who wrote it. */
public final class MalformedPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** IAM's texts. */
    static final String SYNTAX = "Syntax errors in policy.";

    static final String LEGACY = "The policy failed legacy parsing";

    private final String detail;

    public MalformedPolicyException(String message, String detail) {
        super(message);
        this.detail = detail;
    }

    static MalformedPolicyException syntax(String detail) {
        return new MalformedPolicyException(SYNTAX, detail);
    }

    static MalformedPolicyException legacy(String detail) {
        return new MalformedPolicyException(LEGACY, detail);
    }

    public String detail() {
        return detail;
    }
}
