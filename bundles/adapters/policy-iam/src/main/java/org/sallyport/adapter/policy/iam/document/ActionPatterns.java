package org.sallyport.adapter.policy.iam.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.pattern.Glob;

/** Action or NotAction; names are compared without case. */
public final class ActionPatterns {
    private final List<String> written;
    private final List<String> patterns;
    private final boolean negated;

    public ActionPatterns(List<String> written, boolean negated) {
        this.written = List.copyOf(written);
        this.patterns = written.stream().map(text -> Glob.compile(key(text))).toList();
        this.negated = negated;
    }

    /** The form in which names are compared. */
    public static String key(String action) {
        return action.toLowerCase(Locale.ROOT);
    }

    /**
     * @param action in the form of {@link #key}
     */
    public boolean match(String action) {
        return found(action) >= 0 != negated;
    }

    /** The pattern that matches, as written; empty when none does. */
    public Optional<String> matching(String action) {
        int found = found(action);
        return found < 0 ? Optional.empty() : Optional.of(written.get(found));
    }

    private int found(String action) {
        for (int i = 0; i < patterns.size(); i++) {
            if (Glob.matches(patterns.get(i), action)) {
                return i;
            }
        }
        return -1;
    }

    /** As written. */
    public List<String> written() {
        return written;
    }

    /** For {@link Glob}, in lower case. */
    public List<String> patterns() {
        return patterns;
    }

    public boolean isNegated() {
        return negated;
    }
}
