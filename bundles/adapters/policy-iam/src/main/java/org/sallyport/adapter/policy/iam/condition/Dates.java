package org.sallyport.adapter.policy.iam.condition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the dates of the W3C's note and seconds since 1970, as leniently as IAM: a month, day or hour may have one digit, and a zone may follow any
 * time. A date without a zone is in UTC; a plain number is seconds, also one of four digits.
 *
 * @see "W3C note Date and Time Formats (NOTE-datetime)"
 */
final class Dates {
    private static final int MAX_CHARS = 48;

    /** Digits of any number of seconds that fits a long. */
    private static final int MAX_DIGITS = 18;

    private static final Pattern ISO = Pattern.compile("(-?\\d{1,9})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?"
            + "(?:[Tt](?:(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?)?"
            + "([Zz]|[+-]\\d{2}(?::?\\d{2})?)?)?");

    private Dates() {}

    static Optional<Instant> read(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            return isSeconds(text) ? Optional.of(seconds(Long.parseLong(text))) : iso(text);
        } catch (DateTimeException e) {
            // a month of 13, a 30th of February
            return Optional.empty();
        }
    }

    private static boolean isSeconds(String text) {
        int from = text.charAt(0) == '-' ? 1 : 0;
        if (from == text.length() || text.length() - from > MAX_DIGITS) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What is further away than an Instant can be is as far as it can be. */
    private static Instant seconds(long seconds) {
        long most = Math.min(Instant.MAX.getEpochSecond(), seconds);
        return Instant.ofEpochSecond(Math.max(Instant.MIN.getEpochSecond(), most));
    }

    private static Optional<Instant> iso(String text) {
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return Optional.empty();
        }
        String fraction = iso.group(7) == null ? "" : iso.group(7);
        LocalDateTime time = LocalDateTime.of(
                number(iso.group(1), 1),
                number(iso.group(2), 1),
                number(iso.group(3), 1),
                number(iso.group(4), 0),
                number(iso.group(5), 0),
                number(iso.group(6), 0),
                Integer.parseInt((fraction + "000000000").substring(0, 9)));
        String zone = iso.group(8);
        boolean utc = zone == null || zone.equalsIgnoreCase("Z");
        return Optional.of(time.toInstant(utc ? ZoneOffset.UTC : ZoneOffset.of(zone)));
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
