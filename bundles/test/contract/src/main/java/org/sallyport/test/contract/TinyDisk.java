package org.sallyport.test.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real file system of one MiB. Only root may mount one. */
public final class TinyDisk {
    private final Path folder;

    private TinyDisk(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Skips the test where mounting is not possible. */
    public static TinyDisk mount(Path folder) throws Exception {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()),
                "skipped: a small file system cannot be mounted here (it needs root on Linux)");
        return new TinyDisk(folder);
    }

    /** Leaves no byte free. */
    public void fill() throws IOException {
        try (var out = Files.newOutputStream(folder.resolve("filler"))) {
            byte[] block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /** Takes away what {@link #fill} wrote. */
    public void free() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    public void unmount() throws Exception {
        run("umount", "-l", folder.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }
}
