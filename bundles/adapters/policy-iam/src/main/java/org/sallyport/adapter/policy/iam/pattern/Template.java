package org.sallyport.adapter.policy.iam.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.adapter.policy.iam.request.Context;

/**
 * A text of a policy that may hold wildcards and policy variables. A variable whose key is absent, has more than one value, or holds a
 * code point that stands for a wildcard, and that has no default, makes the whole text equal to nothing.
 *
 * @see "IAM user guide, IAM policy elements: Variables and tags"
 */
public final class Template {
    private final String written;
    private final List<Part> parts;
    private final String fixed;

    /** Either a piece of a pattern or a variable. */
    private record Part(String pattern, String key, String otherwise) {}

    private Template(String written, List<Part> parts) {
        this.written = written;
        this.parts = List.copyOf(parts);
        this.fixed = parts.stream().allMatch(part -> part.key() == null) ? join(parts) : null;
    }

    /**
     * @param wildcards whether {@code *} and {@code ?} stand for more than themselves
     * @param variables whether {@code ${…}} is replaced; not in documents of the version 2008-10-17
     */
    public static Template of(String text, boolean wildcards, boolean variables) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = variables ? text.indexOf("${", at) : -1;
            Variable variable = open < 0 ? null : Variable.at(text, open);
            if (variable == null) {
                parts.add(literal(text.substring(at), wildcards));
                break;
            }
            if (open > at) {
                parts.add(literal(text.substring(at, open), wildcards));
            }
            parts.add(
                    variable.escaped() == null
                            ? new Part(null, variable.key(), variable.otherwise())
                            : new Part(variable.escaped(), null, null));
            at = variable.end();
        }
        return new Template(text, parts);
    }

    private static Part literal(String text, boolean wildcards) {
        return new Part(wildcards ? Glob.compile(text) : text, null, null);
    }

    private static String join(List<Part> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.pattern()));
        return all.toString();
    }

    /** The pattern for {@link Glob}; null when a variable has no value, which equals nothing. */
    public String resolve(Context context) {
        if (fixed != null) {
            return fixed;
        }
        StringBuilder resolved = new StringBuilder(written.length() + 16);
        for (Part part : parts) {
            String text = part.key() == null ? part.pattern() : value(part, context);
            if (text == null) {
                return null;
            }
            resolved.append(text);
        }
        return resolved.toString();
    }

    private static String value(Part part, Context context) {
        List<String> values = context.values(part.key());
        String value = values.size() == 1 ? values.get(0) : part.otherwise();
        return value != null && Glob.isLiteral(value) ? value : null;
    }

    /** The pattern up to its first variable. */
    public String head() {
        StringBuilder head = new StringBuilder();
        for (Part part : parts) {
            if (part.key() != null) {
                break;
            }
            head.append(part.pattern());
        }
        return head.toString();
    }

    /** Whether the pattern is the same for every request. */
    public boolean isFixed() {
        return fixed != null;
    }

    /** The keys of its variables, as written. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        parts.stream().filter(part -> part.key() != null).forEach(part -> keys.add(part.key()));
        return keys;
    }

    @Override
    public String toString() {
        return written;
    }
}
