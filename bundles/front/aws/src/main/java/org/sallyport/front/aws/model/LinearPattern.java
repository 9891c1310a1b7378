package org.sallyport.front.aws.model;

import com.google.re2j.Pattern;
import java.util.Map;

/** A pattern of a service model, matched against the whole value in linear time. */
public final class LinearPattern {
    /** AWS writes its patterns for an engine with look-ahead. Those that need it, and what accepts the same texts without. */
    private static final Map<String, String> REWRITTEN = Map.of(
            "^(?!\\s*$).+", "^.*\\S.*$",
            // more repeats than the engine counts; the longest value of the model says the same
            "^.{1,100000}$", "^.+$",
            // with the least length of the shape that has it
            "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "^[a-z0-9]+(-[a-z0-9]+)*$");

    /** Java's way to write a character by its number, which RE2 writes as x with braces. */
    private static final Pattern JAVA_CHARACTER = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");

    private final String text;
    private final Pattern compiled;

    /** @throws com.google.re2j.PatternSyntaxException when it needs more than a linear engine can do */
    public LinearPattern(String text) {
        this.text = text;
        String linear = REWRITTEN.getOrDefault(text, text);
        this.compiled = Pattern.compile(JAVA_CHARACTER.matcher(linear).replaceAll("\\\\x{$1}"));
    }

    public boolean accepts(String value) {
        return compiled.matches(value);
    }

    /** As the model has it. */
    @Override
    public String toString() {
        return text;
    }
}
