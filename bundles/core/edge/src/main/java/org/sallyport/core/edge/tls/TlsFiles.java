package org.sallyport.core.edge.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Files of one folder, written under a temporary name with their final mode, synced and renamed. */
public final class TlsFiles {
    /** Only the server's account. */
    public static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    /** Everybody may read. */
    public static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");

    /** The public file with the authority's certificate, which people give to their tools. */
    static final String PINNED = "ca.pem";

    private static final long MAX_BYTES = 256 * 1024;

    private final Path folder;

    /** Makes the folder when it is not there; others may enter it, because the authority's certificate is for all. */
    public TlsFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + folder, e);
        }
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public void write(String name, byte[] content, Set<PosixFilePermission> mode) {
        Path temporary = folder.resolve("." + name + ".new");
        try {
            Files.deleteIfExists(temporary);
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel file =
                    FileChannel.open(temporary, options, PosixFilePermissions.asFileAttribute(PRIVATE))) {
                // the umask may have taken bits of a public mode away at creation
                Files.setPosixFilePermissions(temporary, mode);
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
                file.force(true);
            }
            Files.move(temporary, path(name), StandardCopyOption.ATOMIC_MOVE);
            sync();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path(name), e);
        }
    }

    /** Leaves a file alone that holds this already. */
    void writeIfDifferent(String name, byte[] content, Set<PosixFilePermission> mode) {
        try {
            if (Files.exists(path(name)) && Arrays.equals(readBounded(path(name)), content)) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path(name), e);
        }
        write(name, content, mode);
    }

    /** Replaces a file by another in one step. */
    void rename(String from, String to) {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot rename " + path(from) + " to " + to, e);
        }
        sync();
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + path(name), e);
        }
        sync();
    }

    private void sync() {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot sync " + folder, e);
        }
    }

    /** The content of a private file; empty when it is not there. */
    public Optional<byte[]> readPrivate(String name) {
        Path file = path(name);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (!PRIVATE.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SallyportException(
                        CommonError.INVALID_ARGUMENT,
                        "Others than its owner can use " + file + ", which holds a secret; set its mode to 0600");
            }
            return Optional.of(readBounded(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    static byte[] readBounded(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
