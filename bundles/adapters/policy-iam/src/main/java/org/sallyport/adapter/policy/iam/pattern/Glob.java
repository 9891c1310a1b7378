package org.sallyport.adapter.policy.iam.pattern;

/**
 * Matches text against a compiled pattern. Wildcards are two code points that no text can hold, so a literal {@code *} of a policy variable's
 * value stays a literal. Matching takes at most pattern length times text length steps, whatever the pattern.
 */
public final class Glob {
    /** Any text, colons and slashes included. */
    public static final char MANY = '\uFFFE';

    /** One character. */
    public static final char ONE = '\uFFFF';

    private Glob() {}

    /** Whether the text is free of the two code points that stand for wildcards. */
    public static boolean isLiteral(String text) {
        return text.indexOf(MANY) < 0 && text.indexOf(ONE) < 0;
    }

    /** Turns {@code *} and {@code ?} into wildcards. */
    public static String compile(String text) {
        return text.replace('*', MANY).replace('?', ONE);
    }

    /** The number of characters before the first wildcard. */
    public static int literalPrefix(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == MANY || c == ONE) {
                return i;
            }
        }
        return pattern.length();
    }

    public static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : 0;
            if (p < pattern.length() && c == MANY) {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (c == ONE || c == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == MANY) {
            p++;
        }
        return p == pattern.length();
    }
}
