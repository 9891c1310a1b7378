package org.sallyport.adapter.policy.iam.evaluate;

import java.util.Objects;
import org.sallyport.adapter.policy.iam.document.ActionPatterns;
import org.sallyport.adapter.policy.iam.request.Context;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;

/**
 * A request in the form that statements are compared with.
 *
 * @param action in the form of {@link ActionPatterns#key}
 */
public record Question(Principal principal, String action, String resource, Context context) {

    public Question {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(context);
    }

    public static Question of(AccessRequest request) {
        return new Question(
                request.principal(),
                ActionPatterns.key(request.action()),
                request.resource(),
                new Context(request.context()));
    }
}
