package org.sallyport.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal that the person sits at, in raw mode: every key goes to the node, Ctrl-C included. Closing it puts everything back. Knows
 * no network.
 */
public final class LocalTerminal implements AutoCloseable {

    /** Columns and rows; 300 x 100 without a terminal, as the official client says (data-channel specification, section 6). */
    public record Dimensions(int columns, int rows) {
        static final Dimensions NO_TERMINAL = new Dimensions(300, 100);
    }

    private final Terminal terminal;
    private final Attributes before;

    private LocalTerminal(Terminal terminal, Attributes before) {
        this.terminal = terminal;
        this.before = before;
    }

    /** Takes the terminal over. Without one, standard input and output are used as they are. */
    public static LocalTerminal open() throws IOException {
        if (System.console() == null) {
            return new LocalTerminal(null, null);
        }
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .nativeSignals(true)
                .build();
        Attributes before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlags(EnumSet.of(LocalFlag.ISIG, LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
        raw.setInputFlags(EnumSet.of(InputFlag.IXON, InputFlag.ICRNL, InputFlag.INLCR, InputFlag.IGNCR), false);
        raw.setOutputFlag(OutputFlag.OPOST, false);
        raw.setControlChar(Attributes.ControlChar.VMIN, 1);
        raw.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
        return new LocalTerminal(terminal, before);
    }

    /** Bytes as typed; blocks. */
    public InputStream input() {
        return terminal == null ? System.in : terminal.input();
    }

    /** Bytes to show, unchanged. */
    public OutputStream output() {
        return terminal == null ? System.out : terminal.output();
    }

    /** Whether a person sits there, rather than a file or a pipe. */
    public boolean interactive() {
        return terminal != null;
    }

    public Dimensions size() {
        if (terminal == null) {
            return Dimensions.NO_TERMINAL;
        }
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0
                ? new Dimensions(size.getColumns(), size.getRows())
                : Dimensions.NO_TERMINAL;
    }

    /** Calls back on a thread of the signal's when the window changes. */
    public void onResize(Runnable changed) {
        if (terminal != null) {
            terminal.handle(Signal.WINCH, signal -> changed.run());
        }
    }

    @Override
    public void close() throws IOException {
        if (terminal != null) {
            terminal.setAttributes(before);
            terminal.close();
        }
    }
}
