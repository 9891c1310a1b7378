package org.sallyport.adapter.policy.iam.condition;

import java.util.Set;
import org.sallyport.adapter.policy.iam.pattern.Glob;
import org.sallyport.adapter.policy.iam.pattern.Template;
import org.sallyport.adapter.policy.iam.request.Context;

/** The string operators. */
record TextComparison(Template template, Kind kind) implements Comparison {

    enum Kind {
        EXACT,
        IGNORING_CASE,
        LIKE
    }

    static TextComparison of(String text, Kind kind, boolean variables) {
        return new TextComparison(Template.of(text, kind == Kind.LIKE, variables), kind);
    }

    @Override
    public boolean matches(String value, Context context) {
        String pattern = template.resolve(context);
        if (pattern == null) {
            return false;
        }
        return switch (kind) {
            case EXACT -> pattern.equals(value);
            case IGNORING_CASE -> pattern.equalsIgnoreCase(value);
            case LIKE -> Glob.matches(pattern, value);
        };
    }

    @Override
    public Set<String> keys() {
        return template.keys();
    }
}
