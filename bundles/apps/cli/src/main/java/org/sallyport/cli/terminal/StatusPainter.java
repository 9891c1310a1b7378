package org.sallyport.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Draws one line of our own on a terminal and takes it away again, the cursor staying where the shell left it. At a shell's prompt the line
 * is put in below the cursor and taken out again, so everything else stays. In the picture of a program that has the whole screen it stands
 * in the last row, and that program has to paint its picture anew. Not thread-safe.
 *
 * @see "ECMA-48: IND, IL, DL, EL, CUU, CUD, CUP; DEC VT510 manual: DECSC, DECRC"
 */
public final class StatusPainter {
    private static final String SAVE = "\u001b7";
    private static final String BACK = "\u001b8";
    private static final String PLAIN = "\u001b[m";
    private static final String REVERSE = "\u001b[7m";
    private static final String TO_END = "\u001b[K";
    private static final String WHOLE_ROW = "\u001b[2K";
    private static final String DOWN = "\u001b[B\r";
    private static final String PUT_IN = "\u001b[L";
    private static final String TAKE_OUT = "\u001b[M";

    /** One row down, scrolling at the end, and up again: then there is a row below. */
    private static final String ROOM_BELOW = "\u001bD\u001b[A";

    /** Breaks off a sequence that the program had begun. */
    private static final String CANCEL = "\u0018";

    /** What a program with the whole screen would have undone at its end: alternate screen, mouse, pasting, keys, colours, hidden cursor. */
    private static final String SHELL_SCREEN =
            "\u001b[?1049l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?2004l\u001b[?1l\u001b>\u001b[m\u001b[?25h";

    private record Drawn(String text, int row, boolean wholeScreen) {}

    private final OutputWatch watch = new OutputWatch();
    private final PrintStream terminal;
    private final Supplier<LocalTerminal.Dimensions> size;
    private Optional<Drawn> drawn = Optional.empty();

    /** @param size asked for each drawing */
    public StatusPainter(PrintStream terminal, Supplier<LocalTerminal.Dimensions> size) {
        this.terminal = terminal;
        this.size = size;
    }

    /** The node's bytes were shown on the same terminal. */
    public void shown(byte[] bytes) {
        watch.shown(bytes);
    }

    /** Whether a program has the whole screen. */
    public boolean wholeScreen() {
        return watch.wholeScreen();
    }

    /** @param text plain; cut to the width, which it must not exceed for being taken away again */
    public void draw(String text) {
        LocalTerminal.Dimensions now = size.get();
        String line = fitting(text, now.columns() - 1);
        Drawn next = new Drawn(line, now.rows(), watch.wholeScreen());
        if (drawn.filter(next::equals).isPresent()) {
            return;
        }
        StringBuilder out = new StringBuilder();
        if (drawn.isEmpty() && watch.partial().length > 0) {
            out.append(CANCEL);
        }
        if (next.wholeScreen()) {
            out.append(SAVE)
                    .append(row(next.row()))
                    .append(REVERSE)
                    .append(line)
                    .append(PLAIN);
        } else {
            boolean first = drawn.isEmpty();
            out.append(first ? ROOM_BELOW : "").append(SAVE).append(DOWN).append(PLAIN);
            out.append(first ? PUT_IN : "").append(line);
        }
        write(out.append(TO_END).append(BACK).toString().getBytes(StandardCharsets.UTF_8));
        drawn = Optional.of(next);
    }

    /** Takes the line away; whether a program with the whole screen has to paint anew. Nothing and false when there is none. */
    public boolean erase() {
        if (drawn.isEmpty()) {
            return false;
        }
        Drawn old = drawn.get();
        String steps = old.wholeScreen() ? row(old.row()) + PLAIN + WHOLE_ROW : DOWN + PLAIN + TAKE_OUT;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((SAVE + steps + BACK).getBytes(StandardCharsets.UTF_8));
        // What the program had begun goes on with its next bytes.
        out.writeBytes(watch.partial());
        write(out.toByteArray());
        drawn = Optional.empty();
        return old.wholeScreen();
    }

    /** The session is over: the line goes, and the screen of a program that had it whole. */
    public void end() {
        erase();
        if (watch.partial().length > 0) {
            write(CANCEL.getBytes(StandardCharsets.UTF_8));
        }
        if (watch.wholeScreen()) {
            write(SHELL_SCREEN.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String row(int row) {
        return "\u001b[" + row + ";1H";
    }

    /** As many characters as surely fit; everything beyond the Latin, Greek and Cyrillic letters is taken for two columns wide. */
    private static String fitting(String text, int columns) {
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += c < 0x1100 ? 1 : 2;
            if (used > columns) {
                break;
            }
            line.appendCodePoint(c);
        }
        return line.toString();
    }

    private void write(byte[] bytes) {
        // A print stream: what cannot be shown is lost, and the output itself tells when its reader is gone.
        terminal.write(bytes, 0, bytes.length);
        terminal.flush();
    }
}
