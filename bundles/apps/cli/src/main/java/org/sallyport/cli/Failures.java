package org.sallyport.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.sallyport.channel.api.ServiceException;

/** What went wrong, in one line, and what to do about it in the next. */
final class Failures {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    /** The server names its own time in its refusal of a signature that is too old or too new. */
    private static final Pattern SERVER_TIME = Pattern.compile("\\((\\d{8}T\\d{6}Z) [+-] ");

    private Failures() {}

    /** Whether the failure is one of the outside world, with a text for a person, rather than of this program. */
    static boolean expected(Exception failure) {
        return failure instanceof IOException
                || failure instanceof ServiceException
                || failure instanceof IllegalArgumentException;
    }

    /** From elsewhere in part, so to be made plain. */
    static String text(Exception failure, Instant now) {
        // A service's error with its name: that is what people look up.
        String what = failure instanceof ServiceException ? failure.toString() : String.valueOf(failure.getMessage());
        return advice(failure, now).map(then -> what + "\n" + then).orElse(what);
    }

    private static Optional<String> advice(Exception failure, Instant now) {
        if (failure instanceof ServiceException refused) {
            return Optional.ofNullable(refusal(refused, now));
        }
        // The deepest cause that means something: a name that is unknown is told as a connection that failed.
        String advice = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String found = transport(cause);
            advice = found == null ? advice : found;
        }
        return Optional.ofNullable(advice);
    }

    private static String refusal(ServiceException refused, Instant now) {
        return switch (refused.code()) {
            case "AccessDeniedException" -> "A policy has to allow it; the administrator can say which.";
            case "ExpiredTokenException" ->
                "The sign-in is over: run sallyport login; with AWS_SESSION_TOKEN set, eval \"$(sallyport login --export)\" or unset it.";
            case "UnrecognizedClientException" ->
                "The server does not know the access key, or the sign-in was ended: run sallyport login (or configure), or check"
                        + " AWS_ACCESS_KEY_ID and --profile.";
            case "InvalidSignatureException" ->
                skew(refused, now)
                        .orElse(
                                "The secret does not fit the access key: run sallyport configure, or check the profile.");
            case "TargetNotConnected" -> "See which nodes are there: sallyport nodes";
            default -> null;
        };
    }

    private static Optional<String> skew(ServiceException refused, Instant now) {
        Matcher server = SERVER_TIME.matcher(refused.getMessage());
        if (!server.find()) {
            return Optional.empty();
        }
        Instant there = LocalDateTime.parse(server.group(1), STAMP).toInstant(ZoneOffset.UTC);
        Duration ahead = Duration.between(there, now);
        return Optional.of("This machine's clock is %d s %s the server's; set it right, for instance with NTP."
                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"));
    }

    private static String transport(Throwable cause) {
        if (cause instanceof UnresolvedAddressException) {
            return "There is no host of that name; check --endpoint-url, AWS_ENDPOINT_URL_SSM or sallyport configure.";
        }
        if (cause instanceof SSLException) {
            return "If that is the server's own authority, pin it: sallyport configure --ca-fingerprint, or name its file in"
                    + " AWS_CA_BUNDLE.";
        }
        if (cause instanceof HttpTimeoutException) {
            return "The server takes too long, or something between drops what is sent; check HTTPS_PROXY and firewalls.";
        }
        if (cause instanceof ConnectException) {
            return "Nothing listens there, or a firewall refuses; check host and port, and whether the server runs.";
        }
        return null;
    }
}
