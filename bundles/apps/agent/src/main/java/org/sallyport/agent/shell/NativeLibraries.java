package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.agent.machine.PrivateFiles;

/**
 * Where the pseudo-terminal's native code is unpacked: a folder of the agent, not the shared {@code /tmp}, where another user could put
 * something in its place. A package has it unpacked already. To be called before the first terminal is opened.
 */
public final class NativeLibraries {
    private NativeLibraries() {}

    /** Where a package has the native code unpacked, by the property that its start script sets. */
    public static Optional<Path> packaged() {
        return Optional.ofNullable(System.getProperty("sallyport.agent.natives"))
                .map(Path::of)
                .filter(Files::isDirectory);
    }

    /** Uses what is unpacked in this folder, and unpacks nothing. */
    public static void use(Path folder) {
        String place = folder.toAbsolutePath().toString();
        System.setProperty("pty4j.preferred.native.folder", place);
        System.setProperty("jna.boot.library.path", place);
        System.setProperty("jna.nounpack", "true");
        System.setProperty("jna.nosys", "true");
    }

    /** @param folder made with mode 0700 when missing; not used where a package brings the native code */
    public static void unpackInto(Path folder) throws IOException {
        Optional<Path> unpacked = packaged();
        if (unpacked.isPresent()) {
            use(unpacked.get());
            return;
        }
        if (!Files.isDirectory(folder)) {
            PrivateFiles.makeFolder(folder);
        }
        String place = folder.toAbsolutePath().toString();
        System.setProperty("pty4j.tmpdir", place);
        System.setProperty("jna.tmpdir", place);
        // Only the library that came in the jar, never one that lies on the machine.
        System.setProperty("jna.nosys", "true");
    }
}
