package org.sallyport.api.iam;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.spi.access.PolicyCheck;
import org.sallyport.spi.access.PolicyFinding;

/** What is to be said of a policy document before it is stored. Nothing is kept. Any thread; blocks for the policy adapter. */
@ProviderType
public interface PolicyReviews {

    /**
     * @param check whether it may be stored, and why not
     * @param quota the most characters without white space, 0 when only the bound of the API counts
     * @param findings known mistakes and roads to more rights, in the order of the statements; none for a document that may not be stored
     */
    record Review(PolicyCheck check, int quota, List<PolicyFinding> findings) {
        public Review {
            findings = List.copyOf(findings);
        }
    }

    /**
     * {@code access-analyzer:ValidatePolicy}, as AWS names the same.
     *
     * @param kind name of a {@link org.sallyport.spi.access.PolicyKind}; checked after the decision
     * @param document the text as it came, of any length
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED}, {@code INVALID_INPUT} for an unknown kind, {@code SERVICE_FAILURE}
     */
    Review review(Principal caller, String kind, String document);
}
