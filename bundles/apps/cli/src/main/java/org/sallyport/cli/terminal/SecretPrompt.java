package org.sallyport.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one line that must not be seen: without echo where standard input is a terminal, as it comes from a file or a pipe. */
public final class SecretPrompt {
    private SecretPrompt() {}

    /** @return empty text at the end of the input */
    public static String read(String question, InputStream in, PrintWriter talk) throws IOException {
        Optional<Tty> terminal = Tty.input();
        if (terminal.isEmpty()) {
            return line(in);
        }
        RestoreAtExit before = new RestoreAtExit(terminal.get());
        try {
            terminal.get().hideTyping();
            talk.print(question);
            talk.flush();
            return line(in);
        } finally {
            before.close();
        }
    }

    private static String line(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
