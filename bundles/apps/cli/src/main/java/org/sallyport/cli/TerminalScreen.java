package org.sallyport.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.sallyport.cli.session.Screen;
import org.sallyport.cli.terminal.PlainText;

/** The node's output as it is, and lines of our own, made harmless, on standard error. */
record TerminalScreen(OutputStream out, PrintStream talk) implements Screen {

    @Override
    public void output(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    public void error(byte[] bytes) {
        talk.write(bytes, 0, bytes.length);
        talk.flush();
    }

    @Override
    public void notice(String text) {
        // The terminal is in raw mode: a line feed alone would not go back to the first column.
        talk.print("\r\n[sallyport: " + PlainText.of(text) + "]\r\n");
        talk.flush();
    }
}
