package org.sallyport.agent.shell;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Map;
import org.sallyport.protocol.message.TerminalSize;

/**
 * A program on a terminal of its own: leader of a new kernel session whose controlling terminal it is. One thread reads, one writes, any
 * resizes or closes.
 */
final class PseudoTerminal implements AutoCloseable {
    private final UnixPtyProcess process;
    private final InputStream output;
    private final OutputStream input;

    private PseudoTerminal(UnixPtyProcess process) {
        this.process = process;
        this.output = process.getInputStream();
        this.input = process.getOutputStream();
    }

    /** @param folder to start in */
    static PseudoTerminal open(List<String> command, Map<String, String> environment, Path folder, TerminalSize size)
            throws IOException {
        return new PseudoTerminal((UnixPtyProcess) new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(environment)
                .setDirectory(folder.toString())
                .setInitialColumns(size.columns())
                .setInitialRows(size.rows())
                .start());
    }

    /** Gives the terminal's device to the shell's account, as login does, so that programs can open it by name. */
    void giveTo(Account account) throws IOException {
        Path device = Path.of(process.getPty().getSlaveName());
        PosixFileAttributeView view = Files.getFileAttributeView(device, PosixFileAttributeView.class);
        view.setOwner(device.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.name()));
    }

    /** Blocks for the next bytes; -1 when nobody has the terminal open any more, or after {@link #close}. */
    int read(byte[] buffer) throws IOException {
        return output.read(buffer);
    }

    /** Blocks while the program does not read. */
    void write(byte[] bytes) throws IOException {
        input.write(bytes);
        input.flush();
    }

    /** The program gets SIGWINCH. Nothing happens when it has ended. */
    void resize(TerminalSize size) {
        if (process.isAlive()) {
            process.setWinSize(new WinSize(size.columns(), size.rows()));
        }
    }

    long pid() {
        return process.pid();
    }

    /** Blocks until the program has ended; its children may live on. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends reads and writes that are under way. The kernel hangs up what still uses the terminal. */
    @Override
    public void close() {
        try {
            process.getPty().close();
        } catch (IOException e) {
            throw new IllegalStateException("The pseudo-terminal of process %d cannot be closed".formatted(pid()), e);
        }
    }
}
