package org.sallyport.api.document;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures about session documents; in brackets AWS's name on the wire. */
public enum DocumentError implements ErrorCode {
    /** No such document, or it is no session document (InvalidDocument). */
    DOCUMENT_UNKNOWN(Kind.ABSENT),
    /** Parameters that the document does not know, or values that it does not allow (InvalidParameters). */
    PARAMETERS_INVALID(Kind.INVALID);

    private final Kind kind;

    DocumentError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
