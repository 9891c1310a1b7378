package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the pseudo-terminal's native code is unpacked: a folder of the agent, not the shared {@code /tmp}, where another user could put
 * something in its place. To be called before the first terminal is opened.
 */
public final class NativeLibraries {
    private NativeLibraries() {}

    /** @param folder made with mode 0700 when missing */
    public static void unpackInto(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String place = folder.toAbsolutePath().toString();
        System.setProperty("pty4j.tmpdir", place);
        System.setProperty("jna.tmpdir", place);
        // Only the library that came in the jar, never one that lies on the machine.
        System.setProperty("jna.nosys", "true");
    }
}
