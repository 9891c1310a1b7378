package org.sallyport.core.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.protocol.audit.TrailHead;

/** The folder of a trail: {@code audit-<number, 8 digits>.jsonl}, and {@code head}, which says how far the trail reaches. */
final class Segments {
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--------");
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Pattern NAME = Pattern.compile("audit-([0-9]{8})\\.jsonl");

    private final Path folder;

    Segments(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path file(long number) {
        return folder.resolve("audit-%08d.jsonl".formatted(number));
    }

    /** Those that are there, by number. */
    SortedMap<Long, Path> all() throws IOException {
        SortedMap<Long, Path> found = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Matcher name = NAME.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        found.put(Long.parseLong(name.group(1)), file);
                    }
                }
            }
        }
        return found;
    }

    void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER);
            force(folder.getParent());
        }
    }

    /** Makes the file and opens it for writing; durable in the folder on return. */
    FileChannel create(long number) throws IOException {
        FileChannel channel =
                FileChannel.open(file(number), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE);
        try {
            force(folder);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file(number));
            throw e;
        }
        return channel;
    }

    FileChannel open(long number) throws IOException {
        return FileChannel.open(file(number), StandardOpenOption.WRITE);
    }

    /** Nothing is written to it any more. */
    void finish(long number) throws IOException {
        Files.setPosixFilePermissions(file(number), READ_ONLY);
    }

    void remove(long number) throws IOException {
        Files.deleteIfExists(file(number));
        force(folder);
    }

    /** What the file {@code head} says; empty when there is none that can be read. */
    Optional<TrailHead> head() {
        try {
            Path file = folder.resolve("head");
            return Files.size(file) > 200 ? Optional.empty() : TrailHead.parse(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The file {@code head}, open for writing. */
    FileChannel openHead() throws IOException {
        return FileChannel.open(
                folder.resolve("head"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE);
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
