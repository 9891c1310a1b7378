package org.sallyport.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Jars under the SHA-256 of their content. What is checked is the copy, so nobody can change it between check and use. */
final class JarStore {
    private final Path folder;

    JarStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Copies a jar into the store and checks the copy. */
    PluginJar take(Path file) throws IOException, RefusedException {
        Path temporary = folder.resolve(".incoming.tmp");
        try {
            String sha256 = copy(file, temporary);
            Path stored = path(sha256);
            PluginJar jar = PluginManifest.read(ArchiveCheck.check(temporary), sha256, stored);
            DurableFile.publish(temporary, stored);
            return jar;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The jar with that content, checked again: a disk may rot. */
    PluginJar stored(String sha256) throws IOException, RefusedException {
        Path stored = path(sha256);
        if (!Files.isRegularFile(stored)) {
            throw new RefusedException("its jar is missing in the store");
        }
        try (InputStream in = Files.newInputStream(stored)) {
            if (!digest(in, OutputStream.nullOutputStream()).equals(sha256)) {
                throw new RefusedException("its jar in the store is damaged");
            }
        }
        return PluginManifest.read(ArchiveCheck.check(stored), sha256, stored);
    }

    /** Deletes everything else. */
    void keepOnly(Set<String> sha256s) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!name.endsWith(".jar") || !sha256s.contains(name.substring(0, name.length() - ".jar".length()))) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path path(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    private static String copy(Path file, Path target) throws IOException, RefusedException {
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = Files.newOutputStream(target)) {
            return digest(in, out);
        }
    }

    private static String digest(InputStream in, OutputStream copy) throws IOException, RefusedException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            total += read;
            if (total > ArchiveCheck.MAX_BYTES) {
                throw new RefusedException("it is longer than %d bytes".formatted(ArchiveCheck.MAX_BYTES));
            }
            digest.update(buffer, 0, read);
            copy.write(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
