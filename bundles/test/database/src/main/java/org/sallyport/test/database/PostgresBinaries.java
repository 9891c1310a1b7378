package org.sallyport.test.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked once on a machine. They stand where each user may read them, because root may not run them. */
final class PostgresBinaries {
    private static final Map<String, String> ARCHIVES = Map.of(
            "amd64", "/postgres-linux-x86_64.txz",
            "aarch64", "/postgres-linux-arm_64.txz");

    private PostgresBinaries() {}

    /** Folder with {@code bin/}; named by the archive's content and by who unpacked it. */
    static Path folder() throws IOException, InterruptedException {
        String archive = ARCHIVES.get(System.getProperty("os.arch"));
        if (archive == null || PostgresBinaries.class.getResource(archive) == null) {
            throw new IOException("No PostgreSQL for tests on " + System.getProperty("os.arch") + "; it is known for "
                    + ARCHIVES.keySet());
        }
        String name = "sallyport-postgres-" + System.getProperty("user.name") + "-" + digest(archive);
        Path folder = Path.of("/tmp", name);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            unpack(archive, folder);
        }
        if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"))) {
            throw new IOException(folder + " belongs to somebody else; remove it");
        }
        return folder;
    }

    private static void unpack(String archive, Path folder) throws IOException, InterruptedException {
        Path partial = Files.createTempDirectory(
                Path.of("/tmp"),
                "sallyport-postgres-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process tar = new ProcessBuilder("tar", "--extract", "--no-same-owner", "--directory", partial.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream in = new XZInputStream(PostgresBinaries.class.getResourceAsStream(archive));
                OutputStream out = tar.getOutputStream()) {
            in.transferTo(out);
        }
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot unpack " + archive);
        }
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException somebodyWasFirst) {
            remove(partial);
        }
    }

    private static String digest(String archive) throws IOException {
        try (InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
                DigestInputStream counted = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            counted.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(counted.getMessageDigest().digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
