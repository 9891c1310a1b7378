package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.protocol.message.TerminalSize;

/**
 * A program on a terminal of its own. One thread reads, one writes, any resizes. Waiting and moving bytes are two steps, so that no byte is on its way
 * while the terminal is handed over; where a system cannot tell them apart, the first returns at once and the second blocks.
 */
interface PseudoTerminal extends AutoCloseable {

    /** @param folder to start in */
    static PseudoTerminal open(List<String> command, Map<String, String> environment, Path folder, TerminalSize size)
            throws IOException {
        return switch (OperatingSystem.current()) {
            case LINUX -> LinuxTerminal.open(command, environment, folder, size);
            case MACOS -> UnixTerminal.open(command, environment, folder, size);
            case WINDOWS -> WindowsTerminal.open(command, environment, folder, size);
        };
    }

    /** Gives the terminal's device to the shell's account, as login does, so that programs can open it by name. */
    void giveTo(Account account) throws IOException;

    /** Our end, for a process to come; empty where it cannot be handed over. */
    default OptionalInt descriptor() {
        return OptionalInt.empty();
    }

    /** Blocks until {@link #read} has something or the end to say; false after {@link #leave}. */
    default boolean awaitOutput() throws IOException {
        return true;
    }

    /** The next bytes, 0 for none; -1 when nobody has the terminal open any more, or after {@link #leave}. */
    int read(byte[] buffer) throws IOException;

    /** Blocks until {@link #write} takes something or fails; false after {@link #leave}. */
    default boolean awaitRoom() throws IOException {
        return true;
    }

    /** How many of the bytes were taken. */
    int write(byte[] bytes) throws IOException;

    /** The program is told. Nothing happens when it has ended; not after {@link #close}. */
    void resize(TerminalSize size);

    long pid();

    /** Blocks until the program has ended; its children may live on. */
    int waitFor() throws InterruptedException;

    /**
     * Ends the program and what it started on the terminal. Blocks until all are gone, at most two seconds longer than the grace.
     *
     * @param grace for what the system asks to end before it is killed
     * @return processes that could not be ended, usually empty
     */
    List<Integer> endProcesses(Duration grace) throws InterruptedException;

    /** Ends reads and writes that are under way, and those to come. */
    void leave();

    /** After reader and writer have left. The kernel hangs up what still uses the terminal. */
    @Override
    void close();
}
