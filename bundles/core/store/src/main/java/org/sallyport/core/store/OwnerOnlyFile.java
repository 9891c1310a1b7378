package org.sallyport.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** A file with a secret: plain, and for its owner only. */
final class OwnerOnlyFile {
    static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnerOnlyFile() {}

    /**
     * Its text.
     *
     * @param what the file is, for messages
     * @param maxBytes more is not read
     * @throws NoSuchFileException when there is none
     * @throws SallyportException {@code INTERNAL} when others may use the file or it cannot be read
     */
    static String read(String what, Path file, int maxBytes) throws NoSuchFileException {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw refused(what, file, "is not a plain file; put the secret itself there", null);
            }
            if (!OWNER_ONLY.containsAll(attributes.permissions())) {
                throw refused(
                        what,
                        file,
                        "can be used by others (mode %s): take that away with chmod 600 and think about who read it"
                                .formatted(PosixFilePermissions.toString(attributes.permissions())),
                        null);
            }
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw refused(what, file, "cannot be read", e);
        }
    }

    static SallyportException refused(String what, Path file, String why, Throwable cause) {
        return new SallyportException(CommonError.INTERNAL, "%s %s %s".formatted(what, file, why), cause);
    }
}
