package org.sallyport.cli.login;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a sign-in holds, as people write and read it. */
public final class Lifetimes {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,5})([mhd])");

    private Lifetimes() {}

    /** Minutes of {@code 90m}, {@code 8h}, {@code 1d}. @throws IllegalArgumentException says what is understood */
    public static int minutes(String text) {
        Matcher matcher = LENGTH.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'%s' is no length of time: give 90m, 8h or 1d".formatted(text));
        }
        int many = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> many;
            case "h" -> many * 60;
            default -> many * 24 * 60;
        };
    }

    /** {@code 7 h 40 min left}. */
    public static String left(Instant now, Instant end) {
        Duration left = Duration.between(now, end);
        return left.toHours() > 0
                ? "%d h %d min left".formatted(left.toHours(), left.toMinutesPart())
                : "%d min left".formatted(left.toMinutes());
    }
}
