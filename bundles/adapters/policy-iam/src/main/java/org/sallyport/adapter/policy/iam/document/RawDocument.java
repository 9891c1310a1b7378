package org.sallyport.adapter.policy.iam.document;

import java.util.List;

/**
 * A document of right syntax, as written.
 *
 * @param version null when it has none
 */
record RawDocument(String version, List<RawStatement> statements) {
    static final String WITH_VARIABLES = "2012-10-17";
    static final String WITHOUT_VARIABLES = "2008-10-17";

    boolean hasVariables() {
        return WITH_VARIABLES.equals(version);
    }
}
