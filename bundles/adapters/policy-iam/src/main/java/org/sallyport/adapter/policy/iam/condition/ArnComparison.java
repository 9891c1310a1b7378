package org.sallyport.adapter.policy.iam.condition;

import java.util.Set;
import org.sallyport.adapter.policy.iam.pattern.ArnPattern;
import org.sallyport.adapter.policy.iam.request.Context;

/** The ARN operators; ArnEquals and ArnLike are the same. */
record ArnComparison(ArnPattern pattern) implements Comparison {

    @Override
    public boolean matches(String value, Context context) {
        return pattern.matches(value, context);
    }

    @Override
    public Set<String> keys() {
        return pattern.keys();
    }
}
