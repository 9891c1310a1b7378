package org.sallyport.api.document;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Session documents. Called after the decision point was asked about the document's ARN. */
@ProviderType
public interface Documents {
    /** The document of a session that names none. */
    String DEFAULT = "SSM-SessionManagerRunShell";

    /** The ARN of a document name, existing or not; names that start with {@code AWS-} have no account in it. */
    String arn(String name);

    /**
     * The document with the parameters of a session checked against it.
     *
     * @throws org.sallyport.api.error.SallyportException {@code DOCUMENT_UNKNOWN} or {@code PARAMETERS_INVALID}
     */
    SessionDocument.Resolved resolve(String name, Map<String, List<String>> parameters);
}
