package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.protocol.message.TerminalSize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login shell on a pseudo-terminal, with all it started on it. Methods: any thread, none blocks but {@link #start}.
 *
 * <p>Three daemon threads, {@code sallyport-agent-{read,write,keep}-<n>}: one reads the terminal and waits in
 * {@link ShellListener#output} while the session cannot take more, one writes to it and waits while the shell does not read, one waits
 * for the shell's end and cleans up. They end with the shell.
 */
public final class Shell {
    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int INPUT_BYTES = 256 * 1024;
    private static final int READ_BYTES = 4096;
    private static final long LAST_OUTPUT_MILLIS = 500;
    private static final long NOT_READING = Long.MAX_VALUE;

    private final PseudoTerminal terminal;
    private final ShellListener listener;
    private final Duration grace;
    private final InputQueue input = new InputQueue(INPUT_BYTES);
    private final Thread reader = daemon("read", this::read);
    private final Thread writer = daemon("write", this::write);
    private final Thread keeper = daemon("keep", this::keep);
    private volatile long readingSince = NOT_READING;
    private volatile boolean told;
    private boolean waitingForLeader = true;

    /** Passed while bytes move between the terminal and what is remembered of them here, so that {@link #freeze} sees none in between. */
    private final Gate gate = new Gate();

    private volatile boolean closed;

    private Shell(PseudoTerminal terminal, ShellListener listener, Duration grace) {
        this.terminal = terminal;
        this.listener = listener;
        this.grace = grace;
    }

    /**
     * Starts the account's login shell in its home.
     *
     * @param grace between hanging up and killing what is left when the session ends
     * @throws ShellException it cannot be started; the text is for the person who asked
     */
    public static Shell start(
            ShellAccount accounts, Account account, TerminalSize size, Duration grace, ShellListener listener)
            throws ShellException {
        List<String> command = accounts.command(account);
        Path folder = Files.isDirectory(account.home())
                ? account.home()
                : Path.of("").toAbsolutePath().getRoot();
        try {
            PseudoTerminal terminal =
                    PseudoTerminal.open(command, accounts.environment(account, System.getenv()), folder, size);
            if (accounts.changesUser()) {
                terminal.giveTo(account);
            }
            Shell shell = new Shell(terminal, listener, grace);
            shell.startThreads();
            return shell;
        } catch (IOException | IllegalStateException | LinkageError e) {
            throw new ShellException("No pseudo-terminal can be opened on this node: " + e.getMessage(), e);
        }
    }

    /**
     * What another program in this process needs to go on with a shell.
     *
     * @param descriptor our end of its terminal
     * @param input what was not written to it yet
     */
    public record Saved(long pid, int descriptor, List<byte[]> input) {}

    /**
     * Goes on with a shell that this process had before it became another program.
     *
     * @throws ShellException the descriptor is no terminal
     */
    public static Shell inherit(Saved saved, Duration grace, ShellListener listener) throws ShellException {
        try {
            Shell shell = new Shell(LinuxTerminal.inherited(saved.descriptor(), saved.pid()), listener, grace);
            shell.input.restore(saved.input());
            shell.startThreads();
            return shell;
        } catch (IOException | LinkageError e) {
            throw new ShellException("The terminal of process %d was not inherited".formatted(saved.pid()), e);
        }
    }

    /**
     * Moves no more bytes and lets its end wait, until {@link #thaw} or until this process becomes another program.
     *
     * @return empty when it has ended: then {@link ShellListener#ended} follows or was called
     * @throws IllegalStateException this system has no way to hand it over
     */
    public Optional<Saved> freeze() {
        int descriptor = terminal.descriptor()
                .orElseThrow(() -> new IllegalStateException("terminals of this system cannot be handed over"));
        gate.shut();
        return closed ? Optional.empty() : Optional.of(new Saved(pid(), descriptor, input.content()));
    }

    /** Goes on after {@link #freeze}. */
    public void thaw() {
        gate.open();
    }

    /** False when too much input waits already; then {@link ShellListener#inputTaken} follows. */
    public boolean write(byte[] bytes) {
        return input.offer(bytes);
    }

    /** Nothing happens when it has ended. */
    public void resize(TerminalSize size) {
        synchronized (terminal) {
            if (!closed) {
                terminal.resize(size);
            }
        }
    }

    /** The shell's process, leader of its kernel session. */
    public long pid() {
        return terminal.pid();
    }

    /** Ends the shell and all of its kernel session; output that was not handed over yet is dropped. {@link ShellListener#ended} follows. */
    public void end() {
        synchronized (this) {
            told = true;
            if (waitingForLeader) {
                keeper.interrupt();
            }
        }
        input.close();
        reader.interrupt();
    }

    private void startThreads() {
        reader.start();
        writer.start();
        keeper.start();
    }

    private void read() {
        byte[] buffer = new byte[READ_BYTES];
        try {
            while (!told) {
                listener.awaitRoom();
                if (!readOnce(buffer)) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("Terminal of process {} ended: {}", pid(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("Terminal of process {} is read no more", pid());
        }
    }

    /** False at the end. */
    private boolean readOnce(byte[] buffer) throws IOException, InterruptedException {
        while (true) {
            readingSince = System.nanoTime();
            boolean left = !terminal.awaitOutput();
            int length = 0;
            if (!left) {
                gate.enter();
                try {
                    length = terminal.read(buffer);
                    if (length > 0) {
                        listener.output(buffer, length);
                    }
                } finally {
                    gate.leave();
                }
            }
            readingSince = NOT_READING;
            if (left || length < 0) {
                return false;
            }
            if (length > 0) {
                return true;
            }
        }
    }

    private void write() {
        try {
            for (byte[] next = input.next(); next != null; next = input.next()) {
                if (!terminal.awaitRoom()) {
                    return;
                }
                boolean all;
                gate.enter();
                try {
                    all = input.written(terminal.write(next));
                } finally {
                    gate.leave();
                }
                if (all) {
                    listener.inputTaken();
                }
            }
        } catch (IOException e) {
            input.close();
            LOG.debug("Terminal of process {} takes no input: {}", pid(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Only this thread closes the terminal, and after the reader and the writer have left it: its descriptor's number may be given to
     * another session's terminal at once.
     */
    private void keep() {
        try {
            waitForLeader();
            List<Integer> left = terminal.endProcesses(grace);
            if (!left.isEmpty()) {
                LOG.warn("Processes {} of an ended session could not be killed", left);
            }
            input.close();
            awaitLastOutput();
            writer.join(LAST_OUTPUT_MILLIS);
            terminal.leave();
            reader.join();
            writer.join();
        } catch (InterruptedException e) {
            LOG.debug("Process {}: its end was not waited for", pid());
        } finally {
            close();
            listener.ended();
        }
    }

    private void close() {
        gate.enterInAnyCase();
        try {
            synchronized (terminal) {
                closed = true;
                terminal.close();
            }
        } finally {
            gate.leave();
        }
    }

    /** Returns when the shell has ended, or shall. */
    private void waitForLeader() {
        try {
            terminal.waitFor();
        } catch (InterruptedException e) {
            LOG.debug("Process {} is to end", pid());
        }
        synchronized (this) {
            waitingForLeader = false;
            Thread.interrupted();
        }
    }

    /**
     * The reader sees the end as soon as nobody has the terminal open. A daemon with a kernel session of its own may keep it open: then
     * reading ends when nothing came for half a second. A reader that waits for the session has not read everything yet.
     */
    private void awaitLastOutput() throws InterruptedException {
        while (reader.isAlive() && !idle()) {
            reader.join(LAST_OUTPUT_MILLIS / 10);
        }
    }

    private boolean idle() {
        long since = readingSince;
        return since != NOT_READING && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(LAST_OUTPUT_MILLIS);
    }

    private static Thread daemon(String use, Runnable work) {
        Thread thread = new Thread(work, "sallyport-agent-" + use + "-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
