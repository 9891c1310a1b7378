package org.sallyport.adapter.policy.iam.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.adapter.policy.iam.pattern.Glob;
import org.sallyport.adapter.policy.iam.pattern.Template;
import org.sallyport.adapter.policy.iam.request.Context;

/**
 * Resource or NotResource. ARNs are compared with case; a {@code *} goes beyond colons and slashes. A pattern with a variable that has no
 * value, or one that stands before the fifth colon, matches no resource.
 */
public final class ResourcePatterns {
    private static final int COLONS_BEFORE_VARIABLES = 5;

    private final List<String> written;
    private final List<Template> patterns;
    private final boolean negated;

    public ResourcePatterns(List<String> written, boolean negated, boolean variables) {
        this.written = List.copyOf(written);
        this.patterns = written.stream()
                .map(text -> Template.of(text, true, variables))
                .filter(ResourcePatterns::mayMatch)
                .toList();
        this.negated = negated;
    }

    private static boolean mayMatch(Template pattern) {
        if (pattern.isFixed()) {
            return true;
        }
        String before = pattern.toString().substring(0, pattern.toString().indexOf("${"));
        return before.chars().filter(c -> c == ':').count() >= COLONS_BEFORE_VARIABLES;
    }

    public boolean match(String resource, Context context) {
        return matching(resource, context).isPresent() != negated;
    }

    /** The pattern that matches, as written; empty when none does. */
    public Optional<String> matching(String resource, Context context) {
        for (Template pattern : patterns) {
            String resolved = pattern.resolve(context);
            if (resolved != null && Glob.matches(resolved, resource)) {
                return Optional.of(pattern.toString());
            }
        }
        return Optional.empty();
    }

    /** As written. */
    public List<String> written() {
        return written;
    }

    /** Those that can match at all. */
    public List<Template> patterns() {
        return patterns;
    }

    public boolean isNegated() {
        return negated;
    }

    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        patterns.forEach(pattern -> keys.addAll(pattern.keys()));
        return keys;
    }
}
