package org.sallyport.cli.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Small files with a secret: 0600 from their creation, refused when others can read them, replaced in one step. */
final class PrivateFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private static final long MAX_BYTES = 1 << 20;

    private PrivateFile() {}

    /**
     * @param remedy the command that makes the file anew
     * @throws IOException others can read the file, or it is not whole; empty when there is none
     */
    static <T> Optional<T> read(Path file, Class<T> type, String remedy) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!mode.endsWith("------")) {
            throw new IOException(
                    "%s holds a secret and others can read it (%s); run chmod 600 on it".formatted(file, mode));
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("%s has more than 1 MiB; run %s again".formatted(file, remedy));
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (JsonProcessingException e) {
            throw new IOException("%s cannot be read; run %s again".formatted(file, remedy), e);
        }
    }

    /** As JSON. The old file stays until the new one is complete. */
    static void write(Path file, Object content) throws IOException {
        write(file, JSON.writeValueAsBytes(content));
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel out = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
