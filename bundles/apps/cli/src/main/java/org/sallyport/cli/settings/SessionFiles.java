package org.sallyport.cli.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sessions that were opened here, each a file with the {@code ClientId} that the server bound it to: who can read it and has the owner's
 * access key can take the session over. The folder is 0700, the files 0600. Any thread.
 */
public final class SessionFiles {
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,95}");
    private static final Pattern CLIENT_ID = Pattern.compile("[0-9a-f-]{36}");
    private static final int LONGEST = 64;

    /** No session lives so long. */
    private static final Duration USELESS = Duration.ofDays(30);

    private final Path folder;

    /** @param home of the person */
    public SessionFiles(Path home) {
        this.folder = home.resolve(".config/sallyport/sessions");
    }

    /** Where a session's file is, whether or not it is there. */
    public Path file(String sessionId) {
        if (!SESSION_ID.matcher(sessionId).matches()) {
            throw new IllegalArgumentException("'%s' is no session id".formatted(sessionId));
        }
        return folder.resolve(sessionId);
    }

    /**
     * The client that has the session, as far as it is known here.
     *
     * @throws IOException others can read the file, or it is damaged
     */
    public Optional<String> client(String sessionId) throws IOException {
        Path file = file(sessionId);
        String mode;
        try {
            mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!mode.endsWith("------")) {
            throw new IOException("%s opens a session and others can read it (%s); delete it, or run chmod 600 on it"
                    .formatted(file, mode));
        }
        String text = Files.size(file) <= LONGEST ? Files.readString(file).strip() : "";
        if (!CLIENT_ID.matcher(text).matches()) {
            throw new IOException("%s is damaged; delete it".formatted(file));
        }
        return Optional.of(text);
    }

    /** Writes in one step; forgets files of a month ago. */
    public void keep(String sessionId, String clientId) throws IOException {
        Path file = file(sessionId);
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        forgetOld();
        Path temporary = Files.createTempFile(
                folder, ".new", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, clientId + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets a session that is over, unless another client has it by now. */
    public void forget(String sessionId, String clientId) throws IOException {
        if (client(sessionId).filter(clientId::equals).isPresent()) {
            Files.deleteIfExists(file(sessionId));
        }
    }

    private void forgetOld() throws IOException {
        Instant limit = Instant.now().minus(USELESS);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
