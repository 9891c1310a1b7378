package org.sallyport.agent.shell;

import com.pty4j.unix.PtyHelpers;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sallyport.agent.machine.OperatingSystem;

/**
 * All processes of a kernel session (setsid(2)), found in {@code /proc} or, on macOS, by getsid(2): the shell of a pseudo-terminal, its foreground and its
 * background jobs. A process that made a session of its own, as daemons do, does not belong to it.
 */
final class ProcessSession {
    private static final int SIGHUP = 1;
    private static final int SIGKILL = 9;
    private static final int SIGCONT = OperatingSystem.current() == OperatingSystem.MACOS ? 19 : 18;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(2);

    private final int sessionId;
    private final boolean proc;

    ProcessSession(long leader) {
        this(leader, OperatingSystem.current() == OperatingSystem.LINUX);
    }

    /** @param proc whether there is a {@code /proc} to look into; asking the kernel for each process finds the same */
    ProcessSession(long leader, boolean proc) {
        this.proc = proc;
        this.sessionId = Math.toIntExact(leader);
        if (sessionId <= 1) {
            throw new IllegalArgumentException("not the leader of a session: process " + leader);
        }
    }

    /** Of the C library. */
    interface Kernel extends Library {
        Kernel INSTANCE = Native.load("c", Kernel.class);

        int getsid(int pid);
    }

    /** Processes that are alive, the leader among them. */
    List<Integer> members() {
        return proc ? listed() : asked();
    }

    private List<Integer> asked() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(process -> Math.toIntExact(process.pid()))
                .filter(pid -> Kernel.INSTANCE.getsid(pid) == sessionId)
                .toList();
    }

    private List<Integer> listed() {
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (belongs(process)) {
                    found.add(Integer.parseInt(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The agent needs Linux with /proc", e);
        }
        return found;
    }

    /** Asks all to end as a closed terminal does; a stopped job is woken to hear it. */
    void hangUp() {
        for (int process : members()) {
            PtyHelpers.signal(process, SIGHUP);
            PtyHelpers.signal(process, SIGCONT);
        }
    }

    /**
     * Hangs up, then kills what is left after the grace. Blocks until all are gone, at most two seconds longer than the grace.
     *
     * @return processes that could not be ended, usually empty
     */
    List<Integer> end(Duration grace) throws InterruptedException {
        hangUp();
        long now = System.nanoTime();
        long killFrom = now + grace.toNanos();
        long giveUp = killFrom + KILL_DEADLINE.toNanos();
        List<Integer> left = members();
        while (!left.isEmpty() && System.nanoTime() < giveUp) {
            if (System.nanoTime() >= killFrom) {
                left.forEach(process -> PtyHelpers.signal(process, SIGKILL));
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            left = members();
        }
        return left;
    }

    private boolean belongs(Path process) {
        String stat;
        try {
            stat = new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It ended while we were looking.
            return false;
        }
        // The name in parentheses may hold anything, closing parentheses too: the last one ends it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        boolean alive = fields.length > 3 && !fields[0].equals("Z") && !fields[0].equals("X");
        return alive && fields[3].equals(Integer.toString(sessionId));
    }
}
