package org.sallyport.cli;

import java.nio.charset.StandardCharsets;
import org.sallyport.cli.session.StatusLine;
import org.sallyport.cli.terminal.LocalTerminal;

/** A program that shows and takes away the status line on its terminal, a step for each key: what {@link StatusLineTest} looks at. */
final class StatusProbe {
    private StatusProbe() {}

    public static void main(String[] args) throws Exception {
        try (LocalTerminal terminal = LocalTerminal.open()) {
            TerminalScreen screen = TerminalScreen.of(terminal, System.err);
            screen.output("$ ".getBytes(StandardCharsets.UTF_8));
            terminal.input().read();
            screen.status(new StatusLine("server1", "gone\u001b[2J; next try in 2 s"));
            screen.status(new StatusLine("server1", "gone\u001b[2J; next try in 1 s"));
            terminal.input().read();
            screen.clearStatus("the session goes on");
            screen.output("ls".getBytes(StandardCharsets.UTF_8));
            terminal.input().read();
            screen.end();
        }
    }
}
