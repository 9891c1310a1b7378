package org.sallyport.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.api.error.SallyportException;

/**
 * The key that wraps all data keys, in the file {@code master.key} of the data directory: one line, a version word and 32 bytes in
 * base64. Lost, no secret opens again.
 */
final class MasterKey {
    static final String FILE = "master.key";
    private static final String VERSION = "sallyport-master-key-1";
    private static final int KEY_BYTES = 32;
    private static final int MAX_FILE_BYTES = 256;
    private static final String WHAT = "Master key";

    private MasterKey() {}

    /**
     * The key of the file; empty when there is no file.
     *
     * @throws SallyportException {@code INTERNAL} when others may read the file or it is no key
     */
    static Optional<SecretKey> read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            return Optional.of(parse(file, OwnerOnlyFile.read(WHAT, file, MAX_FILE_BYTES)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Makes a new key; the file is complete and for its owner only before it gets its name. */
    static SecretKey create(Path directory, SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path file = directory.resolve(FILE);
        Path temporary = directory.resolve("." + FILE + "." + Long.toHexString(random.nextLong()));
        String line = VERSION + " " + Base64.getEncoder().encodeToString(key) + "\n";
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OwnerOnlyFile.OWNER_ONLY))) {
                ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw refused(file, "cannot be made", e);
        }
        return new SecretKeySpec(key, "AES");
    }

    private static SecretKey parse(Path file, String text) {
        String[] words = text.strip().split(" ");
        if (words.length != 2 || !words[0].equals(VERSION)) {
            throw refused(file, "does not start with " + VERSION, null);
        }
        try {
            byte[] key = Base64.getDecoder().decode(words[1]);
            if (key.length != KEY_BYTES) {
                throw refused(file, "does not hold %d bytes of key".formatted(KEY_BYTES), null);
            }
            return new SecretKeySpec(key, "AES");
        } catch (IllegalArgumentException e) {
            throw refused(file, "is damaged: restore it from a backup", null);
        }
    }

    private static SallyportException refused(Path file, String why, Throwable cause) {
        return OwnerOnlyFile.refused(WHAT, file, why, cause);
    }
}
