package org.sallyport.core.access;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.protocol.sigv4.Authorization;

/** When a signature may be used: five minutes around its time, or until a presigned request expires. */
final class SignatureWindow {
    /** How far a request's date may be from the server's clock. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SignatureWindow() {}

    /** @throws SallyportException {@code CLOCK_SKEWED} with AWS's texts, which name both times */
    static void check(Authorization authorization, Instant now) {
        Instant signed = authorization.timestamp();
        Duration life = authorization.expires().orElse(SKEW);
        Instant earliest = now.minus(life);
        if (signed.isBefore(earliest)) {
            throw skewed("Signature expired: %s is now earlier than %s (%s - %s)"
                    .formatted(STAMP.format(signed), STAMP.format(earliest), STAMP.format(now), text(life)));
        }
        Instant latest = now.plus(SKEW);
        if (signed.isAfter(latest)) {
            throw skewed("Signature not yet current: %s is still later than %s (%s + %s)"
                    .formatted(STAMP.format(signed), STAMP.format(latest), STAMP.format(now), text(SKEW)));
        }
    }

    private static SallyportException skewed(String message) {
        return new SallyportException(AccessError.CLOCK_SKEWED, message);
    }

    private static String text(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min." : duration.toSeconds() + " sec.";
    }
}
