package org.sallyport.adapter.policy.iam.condition;

import java.util.Set;
import org.sallyport.adapter.policy.iam.request.Context;

/** Compares a value of a request with one value of a policy, without regard to negation. */
interface Comparison {

    boolean matches(String value, Context context);

    /** The condition keys that the policy's value takes from the request. */
    default Set<String> keys() {
        return Set.of();
    }
}
