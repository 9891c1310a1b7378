package org.sallyport.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.sallyport.cli.session.Screen;
import org.sallyport.cli.session.StatusLine;
import org.sallyport.cli.terminal.LocalTerminal;
import org.sallyport.cli.terminal.PlainText;
import org.sallyport.cli.terminal.StatusPainter;

/**
 * The node's output as it is, and lines of our own, made harmless, on standard error. On a terminal the status is one line that comes and
 * goes; elsewhere it is a line for each change.
 */
final class TerminalScreen implements Screen {
    private final OutputStream out;
    private final PrintStream talk;
    private final Optional<StatusPainter> painter;
    private final boolean outputThere;
    private Optional<String> told = Optional.empty();
    private boolean repaintDue;

    /**
     * @param painter for the terminal that {@code talk} is; empty when it is none
     * @param outputThere whether the output goes to a terminal as well
     */
    TerminalScreen(OutputStream out, PrintStream talk, Optional<StatusPainter> painter, boolean outputThere) {
        this.out = out;
        this.talk = talk;
        this.painter = painter;
        this.outputThere = outputThere;
    }

    static TerminalScreen of(LocalTerminal terminal, PrintStream talk) {
        Optional<StatusPainter> painter =
                terminal.talks() ? Optional.of(new StatusPainter(talk, terminal::talkSize)) : Optional.empty();
        return new TerminalScreen(terminal.output(), talk, painter, terminal.shows());
    }

    @Override
    public void output(byte[] bytes) throws IOException {
        if (outputThere) {
            erase();
        }
        out.write(bytes);
        out.flush();
        if (outputThere) {
            painter.ifPresent(line -> line.shown(bytes));
        }
    }

    @Override
    public void error(byte[] bytes) {
        erase();
        talk.write(bytes, 0, bytes.length);
        talk.flush();
        painter.ifPresent(line -> line.shown(bytes));
    }

    @Override
    public boolean notice(String text) {
        if (painter.filter(StatusPainter::wholeScreen).isPresent()) {
            return false;
        }
        erase();
        print(text);
        return true;
    }

    @Override
    public void status(StatusLine line) {
        String text = PlainText.of(line.text());
        if (painter.isPresent()) {
            painter.get().draw("[sallyport: " + text + "]");
        } else if (!told.equals(Optional.of(line.change()))) {
            told = Optional.of(line.change());
            print(text);
        }
    }

    @Override
    public boolean clearStatus(String news) {
        erase();
        if (told.isPresent()) {
            told = Optional.empty();
            print(news);
        }
        boolean due = repaintDue;
        repaintDue = false;
        return due;
    }

    @Override
    public void end() {
        painter.ifPresent(StatusPainter::end);
    }

    private void erase() {
        painter.ifPresent(line -> repaintDue |= line.erase());
    }

    private void print(String text) {
        // The terminal is in raw mode: a line feed alone would not go back to the first column.
        talk.print("\r\n[sallyport: " + PlainText.of(text) + "]\r\n");
        talk.flush();
    }
}
