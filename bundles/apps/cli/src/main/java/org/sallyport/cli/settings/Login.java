package org.sallyport.cli.settings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * What {@code sallyport login} keeps beside the configuration: who is signed in where, and the temporary credentials, 0600. Its members come from
 * the server and reach shells and other programs, so they are checked.
 *
 * @param url of the server that they are of
 * @param expiresAt ISO 8601 with {@code Z}
 */
public record Login(
        String url,
        String user,
        String arn,
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        String expiresAt) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");
    private static final Pattern ARN = Pattern.compile("arn:[!-~]{1,2000}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{16,128}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9+/=_-]{20,4096}");

    public Login {
        require(url != null && !url.isBlank(), "url");
        require(matches(NAME, user), "user");
        require(matches(ARN, arn), "arn");
        require(matches(KEY, accessKeyId), "accessKeyId");
        require(matches(SECRET, secretAccessKey), "secretAccessKey");
        require(matches(SECRET, sessionToken), "sessionToken");
        try {
            Instant.parse(String.valueOf(expiresAt));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("A sign-in has no time of its end", e);
        }
    }

    /** Where it is kept: {@code config.login.json} beside {@code config.json}. */
    public static Path file(Path configuration) {
        String name = configuration.getFileName().toString();
        return configuration.resolveSibling(name.replaceFirst("\\.json$", "") + ".login.json");
    }

    /** @throws IOException others can read the file, or it is not whole; empty when there is none */
    public static Optional<Login> read(Path file) throws IOException {
        return PrivateFile.read(file, Login.class, "sallyport login");
    }

    /** Writes the file in one step. */
    public void write(Path file) throws IOException {
        PrivateFile.write(file, this);
    }

    /** Forgets it; nothing to forget is no error. */
    public static void forget(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @JsonIgnore
    public Instant expires() {
        return Instant.parse(expiresAt);
    }

    /** What requests are signed with. */
    public SigningCredentials signing() {
        return new SigningCredentials(accessKeyId, secretAccessKey, Optional.of(sessionToken));
    }

    /** @throws IOException when it is over, with what to do */
    public void requireLive(Instant now) throws IOException {
        if (!expires().isAfter(now)) {
            throw new IOException("The sign-in of %s ended at %s. Run: sallyport login".formatted(user, expiresAt));
        }
    }

    private static boolean matches(Pattern pattern, String text) {
        return text != null && pattern.matcher(text).matches();
    }

    private static void require(boolean right, String member) {
        if (!right) {
            throw new IllegalArgumentException("A sign-in has no usable " + member);
        }
    }

    @Override
    public String toString() {
        return "Login[" + arn + " until " + expiresAt + "]";
    }
}
