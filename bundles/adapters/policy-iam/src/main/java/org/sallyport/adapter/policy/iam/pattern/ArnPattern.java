package org.sallyport.adapter.policy.iam.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.adapter.policy.iam.request.Context;

/**
 * A pattern whose six parts between colons are compared each by itself; the last part may hold colons. What is no ARN matches nothing.
 *
 * @see "IAM user guide, Amazon Resource Name (ARN) condition operators"
 */
public final class ArnPattern {
    private static final int PARTS = 6;

    private final List<Template> parts;

    public ArnPattern(String text, boolean variables) {
        List<Template> split = new ArrayList<>();
        int from = 0;
        while (split.size() < PARTS - 1) {
            int colon = colon(text, from, variables);
            if (colon < 0) {
                break;
            }
            split.add(Template.of(text.substring(from, colon), true, variables));
            from = colon + 1;
        }
        split.add(Template.of(text.substring(from), true, variables));
        parts = List.copyOf(split);
    }

    /** The next colon that is not inside a variable. */
    private static int colon(String text, int from, boolean variables) {
        int at = from;
        while (at < text.length()) {
            if (text.charAt(at) == ':') {
                return at;
            }
            Variable variable = variables && text.startsWith("${", at) ? Variable.at(text, at) : null;
            at = variable == null ? at + 1 : variable.end();
        }
        return -1;
    }

    public boolean matches(String arn, Context context) {
        if (parts.size() != PARTS) {
            return false;
        }
        int from = 0;
        for (int i = 0; i < PARTS; i++) {
            int to = i == PARTS - 1 ? arn.length() : arn.indexOf(':', from);
            String pattern = to < 0 ? null : parts.get(i).resolve(context);
            if (pattern == null || !Glob.matches(pattern, arn.substring(from, to))) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }

    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        parts.forEach(part -> keys.addAll(part.keys()));
        return keys;
    }
}
