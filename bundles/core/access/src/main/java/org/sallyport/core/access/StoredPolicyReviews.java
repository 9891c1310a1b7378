package org.sallyport.core.access;

import java.util.Arrays;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.PolicyReviews;
import org.sallyport.spi.access.PolicyKind;

/** Reviews, by the adapter that decides. */
@Component(service = PolicyReviews.class)
public final class StoredPolicyReviews implements PolicyReviews {
    private final IamCore core;
    private final DocumentChecks documents;

    @Activate
    public StoredPolicyReviews(@Reference IamCore core, @Reference DocumentChecks documents) {
        this.core = core;
        this.documents = documents;
    }

    @Override
    public Review review(Principal caller, String kind, String document) {
        core.require(caller, "access-analyzer:ValidatePolicy");
        PolicyKind known = Arrays.stream(PolicyKind.values())
                .filter(one -> one.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> IamErrors.of(
                        IamError.INVALID_INPUT,
                        "There is no kind of policy %s; there are %s."
                                .formatted(kind, Arrays.toString(PolicyKind.values()))));
        return documents.review(known, document);
    }
}
