package org.sallyport.agent.shell;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * This process becomes another program (execve(2)): its number, its children and the descriptors that are named stay, everything else ends. Linux only.
 * One thread at a time.
 */
public final class InPlace {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int STANDARD = 3;

    private InPlace() {}

    /** A file in memory, without a name, that only this process has; {@link #file} is where it is read and written. */
    public static int newFile(String name) throws IOException {
        try {
            return SystemCalls.memfd_create(name, 0);
        } catch (LastErrorException | LinkageError e) {
            throw new IOException("no file in memory can be made: " + e.getMessage(), e);
        }
    }

    /** The path of an open descriptor. */
    public static Path file(int descriptor) {
        return DESCRIPTORS.resolve(Integer.toString(descriptor));
    }

    /** Closes a descriptor that no object of Java owns. */
    public static void close(int descriptor) {
        try {
            SystemCalls.close(descriptor);
        } catch (LastErrorException e) {
            throw new IllegalArgumentException("descriptor %d is not open".formatted(descriptor), e);
        }
    }

    /**
     * Becomes the program, which ignores SIGUSR1 until it says otherwise; returns only when that fails.
     *
     * @param program absolute
     * @param arguments the program's name first
     * @param kept descriptors that the program gets, beside the three standard ones
     * @throws IOException always; nothing has changed
     */
    public static void become(Path program, List<String> arguments, Map<String, String> environment, Set<Integer> kept)
            throws IOException {
        StringArray words = new StringArray(arguments.toArray(String[]::new));
        StringArray variables = new StringArray(environment.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .toArray(String[]::new));
        keepOnly(kept);
        Pointer listening = SystemCalls.signal(SystemCalls.SIGUSR1, SystemCalls.SIG_IGN);
        try {
            SystemCalls.execve(program.toString(), words, variables);
        } catch (LastErrorException e) {
            SystemCalls.signal(SystemCalls.SIGUSR1, listening);
            keepOnly(Set.of());
            throw new IOException("%s does not start: %s".formatted(program, e.getMessage()), e);
        }
    }

    private static void keepOnly(Set<Integer> kept) throws IOException {
        for (int descriptor : open()) {
            try {
                SystemCalls.fcntl(
                        descriptor, SystemCalls.F_SETFD, kept.contains(descriptor) ? 0 : SystemCalls.FD_CLOEXEC);
            } catch (LastErrorException e) {
                if (kept.contains(descriptor)) {
                    throw new IOException("descriptor %d is not open".formatted(descriptor), e);
                }
            }
        }
    }

    private static Set<Integer> open() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            all.forEach(found::add);
        }
        Set<Integer> open = new HashSet<>();
        for (Path one : found) {
            int descriptor = Integer.parseInt(one.getFileName().toString());
            if (descriptor >= STANDARD) {
                open.add(descriptor);
            }
        }
        return open;
    }
}
