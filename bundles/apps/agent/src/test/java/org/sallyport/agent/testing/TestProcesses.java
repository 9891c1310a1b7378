package org.sallyport.agent.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processes of the machine. */
public final class TestProcesses {
    private TestProcesses() {}

    /** Whether it runs; one that ended and that nobody has waited for does not. */
    public static boolean alive(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return !stat.contains(") Z ") && !stat.contains(") X ");
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
