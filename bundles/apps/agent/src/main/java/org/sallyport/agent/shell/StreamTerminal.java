package org.sallyport.agent.shell;

import com.pty4j.PtyProcess;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.sallyport.protocol.message.TerminalSize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A terminal by pty4j's streams: bytes are waited for as they are moved. */
abstract class StreamTerminal implements PseudoTerminal {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTerminal.class);

    private final PtyProcess process;
    private final InputStream output;
    private final OutputStream input;
    private volatile boolean refusalTold;

    StreamTerminal(PtyProcess process) {
        this.process = process;
        this.output = process.getInputStream();
        this.input = process.getOutputStream();
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        return output.read(buffer);
    }

    @Override
    public int write(byte[] bytes) throws IOException {
        input.write(bytes);
        input.flush();
        return bytes.length;
    }

    /** A terminal that keeps its old size is better than none. The log tells once, as a window that is dragged asks many times. */
    @Override
    public void resize(TerminalSize size) {
        if (!process.isAlive()) {
            return;
        }
        try {
            process.setWinSize(new WinSize(size.columns(), size.rows()));
        } catch (IllegalStateException e) {
            if (!refusalTold) {
                refusalTold = true;
                LOG.warn("The terminal of process {} does not take its new size: {}", pid(), e.getMessage());
            }
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }
}
