package org.sallyport.agent.shell;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.windows.conpty.WinConPtyProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sallyport.protocol.message.TerminalSize;

/** A program on a pseudo console of Windows (ConPTY), from Windows 10 1809 and Server 2019 on; with all it starts it is in a {@link WindowsJob}. */
final class WindowsTerminal extends StreamTerminal {
    private final PtyProcess process;
    private final WindowsJob job;

    private WindowsTerminal(PtyProcess process, WindowsJob job) {
        super(process);
        this.process = process;
        this.job = job;
    }

    static PseudoTerminal open(List<String> command, Map<String, String> environment, Path folder, TerminalSize size)
            throws IOException {
        WindowsJob job = WindowsJob.open();
        WindowsTerminal terminal = null;
        try {
            terminal = new WindowsTerminal(
                    new PtyProcessBuilder(command.toArray(String[]::new))
                            .setEnvironment(environment)
                            .setDirectory(folder.toString())
                            .setInitialColumns(size.columns())
                            .setInitialRows(size.rows())
                            .setUseWinConPty(true)
                            // before its first instruction, so that nothing it starts is missed
                            .setWindowsSuspendedProcessCallback(job::take)
                            .start(),
                    job);
            if (!(terminal.process instanceof WinConPtyProcess)) {
                throw new IOException(
                        "This Windows has no pseudo consoles; they came with Windows 10 1809 and Server 2019");
            }
            job.requireTaken();
            WindowsTerminal whole = terminal;
            terminal = null;
            job = null;
            return whole;
        } finally {
            if (terminal != null) {
                terminal.process.destroy();
            }
            if (job != null) {
                job.close();
            }
        }
    }

    /** A console has no owner to give it to. */
    @Override
    public void giveTo(Account account) throws IOException {
        throw new IOException("Shells on Windows belong to the agent's own account");
    }

    /** Windows has no signal that asks: they are ended at once. */
    @Override
    public List<Integer> endProcesses(Duration grace) throws InterruptedException {
        return job.end();
    }

    @Override
    public void leave() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroy();
        job.close();
    }
}
