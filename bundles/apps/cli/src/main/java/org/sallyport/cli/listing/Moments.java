package org.sallyport.cli.listing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as people give them: {@code 2026-01-31}, {@code 2026-01-31T08:00:00Z}, or a distance such as {@code 90m}, {@code 2h}, {@code 7d}. */
public final class Moments {
    private static final Pattern DISTANCE = Pattern.compile("(\\d{1,6})([smhd])");

    private Moments() {}

    /** @throws IllegalArgumentException says what is understood */
    public static Instant before(Instant now, ZoneId zone, String text) {
        return at(now, zone, text, -1);
    }

    /** @throws IllegalArgumentException says what is understood */
    public static Instant after(Instant now, ZoneId zone, String text) {
        return at(now, zone, text, 1);
    }

    private static Instant at(Instant now, ZoneId zone, String text, int direction) {
        try {
            Matcher distance = DISTANCE.matcher(text);
            if (distance.matches()) {
                long many = Long.parseLong(distance.group(1)) * direction;
                return now.plus(
                                switch (distance.group(2)) {
                                    case "s" -> Duration.ofSeconds(many);
                                    case "m" -> Duration.ofMinutes(many);
                                    case "h" -> Duration.ofHours(many);
                                    default -> Duration.ofDays(many);
                                })
                        .truncatedTo(ChronoUnit.SECONDS);
            }
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no time: give 2026-01-31, 2026-01-31T08:00:00Z, or a distance such as 90m, 2h or 7d"
                            .formatted(text),
                    e);
        }
    }
}
