package org.sallyport.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks for one line; what must not be seen is typed without echo. */
public final class SecretPrompt {
    private static final int LONGEST = 4096;

    private SecretPrompt() {}

    /** As it comes from a file or a pipe where standard input is no terminal. @return empty text at the end of the input */
    public static String read(String question, InputStream in, PrintWriter talk) throws IOException {
        Optional<String> typed = hidden(question, in, talk);
        return typed.isPresent() ? typed.get() : line(in);
    }

    /** Without echo; empty when standard input is no terminal. */
    public static Optional<String> hidden(String question, InputStream in, PrintWriter talk) throws IOException {
        Optional<Tty> terminal = Tty.input();
        if (terminal.isEmpty()) {
            return Optional.empty();
        }
        RestoreAtExit before = new RestoreAtExit(terminal.get());
        try {
            terminal.get().hideTyping();
            return Optional.of(ask(question, in, talk));
        } finally {
            before.close();
        }
    }

    /** With echo; empty when standard input is no terminal. */
    public static Optional<String> shown(String question, InputStream in, PrintWriter talk) throws IOException {
        return Tty.input().isEmpty() ? Optional.empty() : Optional.of(ask(question, in, talk));
    }

    /**
     * One line, and no byte after it. @return empty text at the end of the input
     *
     * @throws IOException the line has more than 4096 bytes
     */
    public static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
            if (line.size() > LONGEST) {
                throw new IOException("The line has more than 4096 bytes");
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String ask(String question, InputStream in, PrintWriter talk) throws IOException {
        talk.print(question);
        talk.flush();
        return line(in);
    }
}
