package org.sallyport.adapter.policy.iam.condition;

import java.util.Set;
import org.sallyport.adapter.policy.iam.pattern.Template;
import org.sallyport.adapter.policy.iam.request.Context;

/** The operators Bool and Null: true and false without case; any other text is neither. */
record Truth(Template wanted) implements Comparison {

    static Truth of(String text, boolean variables) {
        return new Truth(Template.of(text, false, variables));
    }

    @Override
    public boolean matches(String value, Context context) {
        boolean known = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        return known && value.equalsIgnoreCase(wanted.resolve(context));
    }

    @Override
    public Set<String> keys() {
        return wanted.keys();
    }
}
