package org.sallyport.api.access;

import java.util.List;
import java.util.Map;

/**
 * A question to the decision point.
 *
 * @param principal who wants it
 * @param action IAM action, for instance {@code ssm:StartSession}
 * @param resource ARN built from the ids as given by the caller, before anything was looked up; {@code *} for actions without resources
 * @param context condition keys with their values; a key that is not there is absent from the request
 */
public record AccessRequest(Principal principal, String action, String resource, Map<String, List<String>> context) {

    public AccessRequest {
        context = Map.copyOf(context);
    }

    public AccessRequest(Principal principal, String action, String resource) {
        this(principal, action, resource, Map.of());
    }
}
