package org.sallyport.test.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder that the node's unprivileged shells can read: the programs they run, and a place for their progress. */
final class NodeFolder implements AutoCloseable {
    private final Path path;

    NodeFolder() throws IOException {
        path = Files.createTempDirectory(Path.of("/tmp"), "sallyport-chaos-");
        open(path, "rwxr-xr-x");
        open(Files.createDirectory(path.resolve("progress")), "rwxrwxrwx");
        Path script = path.resolve("peer.js");
        Files.copy(Path.of(System.getProperty("sallyport.sources")).resolve("node/peer.js"), script);
        open(script, "rw-r--r--");
    }

    Path path() {
        return path;
    }

    /** Processes of this machine whose command names this folder. */
    List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path one : all) {
                String command = command(one);
                if (command.contains(path.toString())) {
                    found.add(one.getFileName() + ": " + command);
                }
            }
        }
        return found;
    }

    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }

    private static void open(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
