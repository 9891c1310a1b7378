package org.sallyport.agent.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Files that belong to the agent alone. With POSIX permissions each file is made with its own; on Windows a file inherits from its folder, which the
 * install script makes for the service's account, administrators and the system, and both ask again before they are used. Any thread.
 */
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** To make a file with. */
    public static FileAttribute<?>[] file() {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)} : new FileAttribute<?>[0];
    }

    /** Makes a folder when it is missing, and its parents; one that is there already becomes private where that is a matter of its mode. */
    public static void makeFolder(Path folder) throws IOException {
        if (POSIX) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            Files.setPosixFilePermissions(folder, FOLDER);
        } else if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            WindowsFiles.makeOwnersFolder(folder);
        }
    }

    /** @throws IOException others can read or write it; the text says what to do */
    public static void require(Path file) throws IOException {
        if (!POSIX) {
            Optional<String> other = WindowsFiles.openTo(file);
            if (other.isPresent()) {
                throw new IOException(
                        "%s can be read by %s; it holds the node's key: check who did, then take that right away with icacls"
                                .formatted(file, other.get()));
            }
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!FILE.containsAll(mode)) {
            throw new IOException(
                    "%s can be read or written by others (%s); it holds the node's key: check who did, then chmod 600 it"
                            .formatted(file, PosixFilePermissions.toString(mode)));
        }
    }

    /** What {@link #require} found, in words. */
    public static String describe() {
        return POSIX ? "mode 0600" : "not open to all users";
    }

    /** Has a change of names in this folder on the disk; Windows opens no folder for that and keeps the order by itself. */
    public static void force(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
