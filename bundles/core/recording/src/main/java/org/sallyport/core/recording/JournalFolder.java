package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Where journals are: {@code <folder>/<two hexadecimal digits of the session id's CRC32C>/<session id>.journal}, so that an id alone finds its
 * file among millions. Files under way are in {@code <folder>/new}. Any thread.
 */
final class JournalFolder {
    static final Set<PosixFilePermission> OWNER_WRITES = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> OWNER_READS = PosixFilePermissions.fromString("r--------");

    private static final FileAttribute<?> FILE = PosixFilePermissions.asFileAttribute(OWNER_WRITES);
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

    private final Path folder;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    JournalFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Whether a journal can have that name; other ids have none. */
    static boolean isName(String sessionId) {
        return SESSION_ID.matcher(sessionId).matches();
    }

    Path journal(String sessionId) {
        return shard(sessionId).resolve(sessionId + ".journal");
    }

    /** Not there for a journal that is short, closed long ago or sealed. */
    Path checkpoint(String sessionId) {
        return shard(sessionId).resolve(sessionId + ".checkpoint");
    }

    /** Makes the file with that content; durable on return, or not there at all. */
    void create(String sessionId, ByteBuffer content) throws IOException {
        Path file = journal(sessionId);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path under = under(sessionId + ".journal");
        try {
            write(under, content, true);
            makeFolder(file.getParent());
            Files.move(under, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.getParent());
        } catch (IOException e) {
            Files.deleteIfExists(under);
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Replaces a checkpoint. Not forced: a checkpoint that is lost or half written costs a longer opening. */
    void putCheckpoint(String sessionId, ByteBuffer content) throws IOException {
        Path under = under(sessionId + ".checkpoint");
        try {
            write(under, content, false);
            Files.move(under, checkpoint(sessionId), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(under);
            throw e;
        }
    }

    /** Empty when there is none, or none that can be read. */
    Optional<ByteBuffer> readCheckpoint(String sessionId) {
        try (var in = Files.newInputStream(checkpoint(sessionId), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(ByteBuffer.wrap(in.readNBytes(Checkpoint.MAX_BYTES)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Makes a sealed journal read-only; durable on return. */
    void finish(String sessionId) throws IOException {
        Path file = journal(sessionId);
        Files.setPosixFilePermissions(file, OWNER_READS);
        force(file);
        Files.deleteIfExists(checkpoint(sessionId));
    }

    /** Bytes that can be written on the file system of the journals; 0 when it does not say. */
    long usable() throws IOException {
        makeFolder(folder);
        // A FileStore has to be found in the table of mounts, where a change of root leaves none for it.
        return folder.toFile().getUsableSpace();
    }

    /** Removes what a process that was killed had under way; nobody was told of it. */
    void clean() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.resolve("new"))) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // the first start
        }
    }

    private Path shard(String sessionId) {
        CRC32C crc = new CRC32C();
        crc.update(sessionId.getBytes(StandardCharsets.UTF_8));
        return folder.resolve("%02x".formatted(crc.getValue() & 0xff));
    }

    private Path under(String name) throws IOException {
        Path under = folder.resolve("new");
        makeFolder(under);
        Path file = under.resolve(name);
        Files.deleteIfExists(file);
        return file;
    }

    private static void write(Path file, ByteBuffer content, boolean force) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            if (force) {
                channel.force(true);
            }
        }
    }

    /** Durable on return, whoever made it: each folder's entry is forced once in the life of this object. */
    private void makeFolder(Path path) throws IOException {
        if (durable.contains(path) && Files.isDirectory(path)) {
            return;
        }
        Path parent = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(path)) {
            makeFolder(parent);
            try {
                Files.createDirectory(path, FOLDER);
            } catch (FileAlreadyExistsException e) {
                // made by another session at the same time
            }
        }
        force(parent);
        durable.add(path);
    }

    /** Of a file or a folder. */
    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
