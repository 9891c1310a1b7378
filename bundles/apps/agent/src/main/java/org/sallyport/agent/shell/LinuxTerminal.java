package org.sallyport.agent.shell;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.unix.Pty;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.sallyport.protocol.message.TerminalSize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Its program leads a kernel session of its own, whose controlling terminal it is. */
final class LinuxTerminal implements PseudoTerminal {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxTerminal.class);

    private final Leader leader;
    private final TerminalMaster master;

    /** Owns the descriptor, which its finaliser would close at any time; empty for an inherited one. */
    private final Optional<UnixPtyProcess> process;

    private LinuxTerminal(Leader leader, TerminalMaster master, Optional<UnixPtyProcess> process) {
        this.leader = leader;
        this.master = master;
        this.process = process;
    }

    static PseudoTerminal open(List<String> command, Map<String, String> environment, Path folder, TerminalSize size)
            throws IOException {
        UnixPtyProcess process = (UnixPtyProcess) new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(environment)
                .setDirectory(folder.toString())
                .setInitialColumns(size.columns())
                .setInitialRows(size.rows())
                .start();
        TerminalMaster master = new TerminalMaster(process.getPty().getMasterFD());
        return new LinuxTerminal(Leader.of(process), master, Optional.of(process));
    }

    /**
     * One that this process had before it became another program.
     *
     * @param descriptor of our end
     * @param pid of the program on it
     */
    static PseudoTerminal inherited(int descriptor, long pid) throws IOException {
        return new LinuxTerminal(Leader.inherited(pid), new TerminalMaster(descriptor), Optional.empty());
    }

    @Override
    public void giveTo(Account account) throws IOException {
        Path device = Path.of(
                process.map(UnixPtyProcess::getPty).map(Pty::getSlaveName).orElseThrow());
        PosixFileAttributeView view = Files.getFileAttributeView(device, PosixFileAttributeView.class);
        view.setOwner(device.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.name()));
    }

    @Override
    public OptionalInt descriptor() {
        return OptionalInt.of(master.descriptor());
    }

    @Override
    public boolean awaitOutput() throws IOException {
        return master.awaitOutput();
    }

    @Override
    public int read(byte[] buffer) {
        return master.read(buffer);
    }

    @Override
    public boolean awaitRoom() throws IOException {
        return master.awaitRoom();
    }

    @Override
    public int write(byte[] bytes) throws IOException {
        return master.write(bytes);
    }

    @Override
    public void resize(TerminalSize size) {
        try {
            master.resize(size);
        } catch (IOException e) {
            LOG.debug("Terminal of process {} keeps its size: {}", pid(), e.getMessage());
        }
    }

    @Override
    public long pid() {
        return leader.pid();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return leader.waitFor();
    }

    @Override
    public List<Integer> endProcesses(Duration grace) throws InterruptedException {
        return new ProcessSession(pid()).end(grace);
    }

    @Override
    public void leave() {
        master.leave();
    }

    @Override
    public void close() {
        master.close();
        if (process.isEmpty()) {
            SystemCalls.close(master.descriptor());
            return;
        }
        try {
            process.get().getPty().close();
        } catch (IOException e) {
            throw new IllegalStateException("The pseudo-terminal of process %d cannot be closed".formatted(pid()), e);
        }
    }
}
