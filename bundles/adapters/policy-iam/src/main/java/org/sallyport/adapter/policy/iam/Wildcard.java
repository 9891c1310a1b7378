package org.sallyport.adapter.policy.iam;

import java.util.Locale;

/**
 * A pattern with {@code *} for any text and {@code ?} for one character; everything else stands for itself. Matching takes at most
 * pattern length times text length steps, whatever the pattern.
 */
record Wildcard(String pattern, boolean ignoresCase) {

    static Wildcard ofAction(String pattern) {
        return new Wildcard(pattern.toLowerCase(Locale.ROOT), true);
    }

    static Wildcard ofResource(String pattern) {
        return new Wildcard(pattern, false);
    }

    boolean matches(String value) {
        String text = ignoresCase ? value.toLowerCase(Locale.ROOT) : value;
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
