package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.protocol.message.TerminalSize;

/** A program on a terminal of its own. One thread reads, one writes, any resizes or closes. */
interface PseudoTerminal extends AutoCloseable {

    /** @param folder to start in */
    static PseudoTerminal open(List<String> command, Map<String, String> environment, Path folder, TerminalSize size)
            throws IOException {
        return OperatingSystem.current() == OperatingSystem.WINDOWS
                ? WindowsTerminal.open(command, environment, folder, size)
                : UnixTerminal.open(command, environment, folder, size);
    }

    /** Gives the terminal's device to the shell's account, as login does, so that programs can open it by name. */
    void giveTo(Account account) throws IOException;

    /** Blocks for the next bytes; -1 when nobody has the terminal open any more, or after {@link #close}. */
    int read(byte[] buffer) throws IOException;

    /** Blocks while the program does not read. */
    void write(byte[] bytes) throws IOException;

    /** The program is told. Nothing happens when it has ended. */
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

    /** Ends reads and writes that are under way. */
    @Override
    void close();
}
