package org.sallyport.adapter.identity.local;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An argon2id hash with the settings it was made with, as text in the form that other tools use as well:
 * {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}.
 *
 * @see "RFC 9106, Argon2"
 */
final class PasswordHash {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern TEXT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Argon2Settings settings;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(Argon2Settings settings, byte[] salt, byte[] hash) {
        this.settings = settings;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash of(char[] password, Argon2Settings settings) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PasswordHash(settings, salt, compute(password, settings, salt));
    }

    /** A hash that no password is known for; checking against it costs what any other check costs. */
    static PasswordHash ofNobody(Argon2Settings settings) {
        byte[] salt = new byte[SALT_BYTES];
        byte[] hash = new byte[HASH_BYTES];
        RANDOM.nextBytes(salt);
        RANDOM.nextBytes(hash);
        return new PasswordHash(settings, salt, hash);
    }

    /** @throws IllegalArgumentException when it is no such text */
    static PasswordHash parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a stored password hash is not of the form $argon2id$v=19$…");
        }
        Argon2Settings settings = new Argon2Settings(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        Base64.Decoder decoder = Base64.getDecoder();
        return new PasswordHash(settings, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5)));
    }

    /** Compared in constant time. */
    boolean matches(char[] password) {
        return MessageDigest.isEqual(hash, compute(password, settings, salt));
    }

    Argon2Settings settings() {
        return settings;
    }

    String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        settings.memoryKib(),
                        settings.iterations(),
                        settings.parallelism(),
                        encoder.encodeToString(salt),
                        encoder.encodeToString(hash));
    }

    private static byte[] compute(char[] password, Argon2Settings settings, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(settings.memoryKib())
                .withIterations(settings.iterations())
                .withParallelism(settings.parallelism())
                .withSalt(salt)
                .build());
        byte[] output = new byte[HASH_BYTES];
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        try {
            generator.generateBytes(bytes, output);
            return output;
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
