package org.sallyport.agent.shell;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.protocol.message.TerminalSize;

/** On macOS, by pty4j's streams: its program leads a kernel session of its own, whose controlling terminal it is. */
final class UnixTerminal extends StreamTerminal {
    private final UnixPtyProcess process;

    private UnixTerminal(UnixPtyProcess process) {
        super(process);
        this.process = process;
    }

    static PseudoTerminal open(List<String> command, Map<String, String> environment, Path folder, TerminalSize size)
            throws IOException {
        return new UnixTerminal((UnixPtyProcess) new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(environment)
                .setDirectory(folder.toString())
                .setInitialColumns(size.columns())
                .setInitialRows(size.rows())
                // the kernel of macOS forgets what was not read yet when the program ends
                .setUnixOpenTtyToPreserveOutputAfterTermination(OperatingSystem.current() == OperatingSystem.MACOS)
                .start());
    }

    @Override
    public void giveTo(Account account) throws IOException {
        Path device = Path.of(process.getPty().getSlaveName());
        PosixFileAttributeView view = Files.getFileAttributeView(device, PosixFileAttributeView.class);
        view.setOwner(device.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.name()));
    }

    @Override
    public List<Integer> endProcesses(Duration grace) throws InterruptedException {
        return new ProcessSession(pid()).end(grace);
    }

    @Override
    public void leave() {
        close();
    }

    @Override
    public void close() {
        try {
            process.getPty().close();
        } catch (IOException e) {
            throw new IllegalStateException("The pseudo-terminal of process %d cannot be closed".formatted(pid()), e);
        }
    }
}
