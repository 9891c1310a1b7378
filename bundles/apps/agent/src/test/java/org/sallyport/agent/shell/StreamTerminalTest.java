package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcess;
import com.pty4j.WinSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.protocol.message.TerminalSize;

class StreamTerminalTest {
    private final Program program = new Program();
    private final PseudoTerminal terminal = new Terminal(program);

    @Test
    void aConsoleThatRefusesASizeGoesOn() throws IOException {
        program.refuses = true;
        terminal.resize(new TerminalSize(100, 30));
        program.refuses = false;
        terminal.resize(new TerminalSize(132, 40));
        assertThat(program.sizes).containsExactly("132x40");

        assertThat(terminal.write("ls\r".getBytes(StandardCharsets.US_ASCII))).isEqualTo(3);
        assertThat(program.input).hasToString("ls\r");
        byte[] read = new byte[10];
        assertThat(terminal.read(read)).isEqualTo(2);
        assertThat(terminal.read(read)).isNegative();
    }

    @Test
    void aProgramThatHasEndedIsNotTold() {
        program.alive = false;
        terminal.resize(new TerminalSize(100, 30));
        assertThat(program.sizes).isEmpty();
    }

    private static final class Terminal extends StreamTerminal {
        Terminal(PtyProcess process) {
            super(process);
        }

        @Override
        public void giveTo(Account account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Integer> endProcesses(Duration grace) {
            return List.of();
        }

        @Override
        public void leave() {
            // nobody reads or writes here
        }

        @Override
        public void close() {
            // nothing is open here
        }
    }

    private static final class Program extends PtyProcess {
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();
        private final InputStream output = new ByteArrayInputStream("$ ".getBytes(StandardCharsets.US_ASCII));
        private final List<String> sizes = new ArrayList<>();
        private boolean alive = true;
        private boolean refuses;

        @Override
        public void setWinSize(WinSize size) {
            if (refuses) {
                throw new IllegalStateException("ResizePseudoConsole failed");
            }
            sizes.add(size.getColumns() + "x" + size.getRows());
        }

        @Override
        public WinSize getWinSize() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public long pid() {
            return 7;
        }

        @Override
        public OutputStream getOutputStream() {
            return input;
        }

        @Override
        public InputStream getInputStream() {
            return output;
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 0;
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public void destroy() {
            alive = false;
        }
    }
}
