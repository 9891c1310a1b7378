package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes each shell in a small file, so that an agent that was killed knows at its next start which sessions ended with it, and finds what outlived it:
 * a program that ignores the hang-up of its terminal. A note names the boot, the shell's process, its start, its account and its session; a process
 * that does not match all of it is somebody else's and is left alone. A note that cannot be written costs nothing but that. Any thread.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern NAME = Pattern.compile("[1-9]\\d{0,9}");
    private static final int MOST_BYTES = 200;
    private static final int SESSION = 3;
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9-]{1,96}");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Optional<Path> folder;

    /**
     * What an agent of before left.
     *
     * @param shells those of which processes were found
     * @param sessions those that ended with it, and of which it told nobody
     */
    public record Left(List<Long> shells, List<String> sessions) {}

    private Leftovers(Optional<Path> folder) {
        this.folder = folder;
    }

    /** @param folder made when missing; the agent's alone */
    public static Leftovers in(Path folder) {
        return new Leftovers(Optional.of(folder));
    }

    /** Notes nothing. */
    public static Leftovers none() {
        return new Leftovers(Optional.empty());
    }

    /** A shell runs, of a session whose id is 1 to 96 letters, digits and dashes. */
    public void note(long pid, Account account, String sessionId) {
        folder.ifPresent(place -> {
            try {
                Files.createDirectories(place);
                Files.writeString(file(place, pid), line(pid, account.uid(), sessionId), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                LOG.warn(
                        "Process {} is not noted: {}; should the agent be killed, what it leaves is not found",
                        pid,
                        e.toString());
            }
        });
    }

    /** A shell and all that belonged to it are gone. */
    public void forget(long pid) {
        folder.ifPresent(place -> {
            try {
                Files.deleteIfExists(file(place, pid));
            } catch (IOException e) {
                LOG.debug("The note of process {} stays: {}", pid, e.toString());
            }
        });
    }

    /**
     * Ends what an agent of before left, but for shells that go on. Blocks for the grace and two seconds more for each shell of which something is left, usually none.
     *
     * @param inherited processes of shells that go on
     */
    public Left clean(Duration grace, Set<Long> inherited) throws InterruptedException {
        List<Long> found = new ArrayList<>();
        List<String> sessions = new ArrayList<>();
        for (Path note : notes()) {
            long pid = Long.parseLong(note.getFileName().toString());
            if (inherited.contains(pid)) {
                continue;
            }
            session(note).ifPresent(sessions::add);
            if (end(note, pid, grace)) {
                found.add(pid);
            }
            forget(pid);
        }
        return new Left(found, sessions);
    }

    /** Empty in notes of agents that did not write it. */
    private static Optional<String> session(Path note) {
        try {
            return Optional.of(words(note))
                    .filter(words -> words.length > SESSION)
                    .map(words -> words[SESSION])
                    .filter(id -> SESSION_ID.matcher(id).matches());
        } catch (IOException e) {
            LOG.debug("The note {} of a shell names no session: {}", note, e.toString());
            return Optional.empty();
        }
    }

    private boolean end(Path note, long pid, Duration grace) throws InterruptedException {
        try {
            ProcessSession session = new ProcessSession(pid);
            List<Integer> left = session.members();
            if (left.isEmpty() || !ours(note, pid, left)) {
                return false;
            }
            LOG.warn("Processes {} outlived the agent of before, which was killed; they are ended", left);
            List<Integer> stubborn = session.end(grace);
            if (!stubborn.isEmpty()) {
                LOG.warn("Processes {} could not be ended", stubborn);
            }
            return true;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("The note {} of a shell cannot be used: {}", note, e.toString());
            return false;
        }
    }

    /** The shell itself, or without it only processes of its account: a kernel gives no session's number anew while one is left of it. */
    private static boolean ours(Path note, long pid, List<Integer> left) throws IOException {
        String[] noted = words(note);
        if (noted.length < SESSION || !noted[0].equals(boot())) {
            return false;
        }
        for (int process : left) {
            if (process == pid && !noted[1].equals(started(pid)) || !noted[2].equals(uid(process))) {
                return false;
            }
        }
        return true;
    }

    private static String[] words(Path note) throws IOException {
        if (Files.size(note) > MOST_BYTES) {
            throw new IOException("larger than notes are");
        }
        return Files.readString(note, StandardCharsets.US_ASCII).strip().split(" ");
    }

    private List<Path> notes() {
        List<Path> found = new ArrayList<>();
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(
                    folder.get(),
                    path -> NAME.matcher(path.getFileName().toString()).matches())) {
                all.forEach(found::add);
            } catch (IOException e) {
                LOG.warn("The notes of shells in {} cannot be read: {}", folder.get(), e.toString());
            }
        }
        return found;
    }

    private static String line(long pid, int uid, String sessionId) throws IOException {
        return "%s %s %s %s%n".formatted(boot(), started(pid), Integer.toUnsignedString(uid), sessionId);
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
    }

    /** Clock ticks since the boot; the name in parentheses before it may hold anything. */
    private static String started(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ")[19];
    }

    private static String uid(int process) throws IOException {
        return Integer.toUnsignedString(
                (Integer) Files.getAttribute(Path.of("/proc", Integer.toString(process)), "unix:uid"));
    }

    private static Path file(Path place, long pid) {
        return place.resolve(Long.toString(pid));
    }
}
