package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            shell.reader.start();
            shell.writer.start();
            shell.keeper.start();
            return shell;
        } catch (IOException | IllegalStateException | LinkageError e) {
            throw new ShellException("No pseudo-terminal can be opened on this node: " + e.getMessage(), e);
        }
    }

    /** False when too much input waits already; then {@link ShellListener#inputTaken} follows. */
    public boolean write(byte[] bytes) {
        return input.offer(bytes);
    }

    public void resize(TerminalSize size) {
        terminal.resize(size);
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

    private void read() {
        byte[] buffer = new byte[READ_BYTES];
        try {
            while (!told) {
                readingSince = System.nanoTime();
                int length = terminal.read(buffer);
                readingSince = NOT_READING;
                if (length < 0) {
                    return;
                }
                listener.output(buffer, length);
            }
        } catch (IOException e) {
            LOG.debug("Terminal of process {} ended: {}", pid(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("Terminal of process {} is read no more", pid());
        }
    }

    private void write() {
        try {
            for (byte[] next = input.take(); next != null; next = input.take()) {
                terminal.write(next);
                listener.inputTaken();
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.close();
            listener.ended();
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
