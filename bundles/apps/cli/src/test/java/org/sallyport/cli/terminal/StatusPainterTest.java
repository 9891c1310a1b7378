package org.sallyport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.builtins.ScreenTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, by the emulator of a terminal. */
class StatusPainterTest {
    private static final int COLUMNS = 40;
    private static final int ROWS = 10;

    private final ScreenTerminal terminal = new ScreenTerminal(COLUMNS, ROWS);
    private final StatusPainter painter = new StatusPainter(
            new PrintStream(new ToTerminal(), true), () -> new LocalTerminal.Dimensions(COLUMNS, ROWS));

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 9, 10, 15})
    void comesBelowThePromptAndGoesWithoutATrace(int lines) throws Exception {
        for (int i = 1; i < lines; i++) {
            show("line " + i + "\r\n");
        }
        show("$ ");

        painter.draw("[away; 3 s]");
        painter.draw("[away; 2 s]");

        assertThat(picture()).endsWith("$\n[away; 2 s]").doesNotContain("3 s");
        assertThat(painter.erase()).isFalse();
        show("ls");
        assertThat(picture()).endsWith("\n$ ls".substring(lines == 1 ? 1 : 0)).doesNotContain("away");
        for (int i = Math.max(1, lines - ROWS + 2); i < lines; i++) {
            assertThat(picture()).contains("line " + i);
        }
    }

    @Test
    void leavesWhatStandsBelowTheCursorWhereItWas() throws Exception {
        show("$ one\r\ntwo\r\nthree\u001b[1;4H");
        String before = picture();

        painter.draw("[away]");
        assertThat(picture()).isEqualTo("$ one\n[away]\ntwo\nthree");
        painter.erase();

        assertThat(picture()).isEqualTo(before);
        show("X");
        assertThat(picture()).startsWith("$ oXe");
    }

    @Test
    void isCutToTheWidthSoThatItTakesOneRow() throws Exception {
        show("$ ");

        painter.draw("x".repeat(500));

        assertThat(picture()).isEqualTo("$\n" + "x".repeat(COLUMNS - 1));
        painter.erase();
        assertThat(picture()).isEqualTo("$");
    }

    @Test
    void countsWideCharactersTwice() throws Exception {
        painter.draw("\u5bb6".repeat(100));

        assertThat(picture().strip()).hasSize((COLUMNS - 1) / 2);
    }

    @Test
    void standsInTheLastRowOfAProgramThatHasTheWholeScreenWhichThenPaintsAnew() throws Exception {
        show("\u001b[?1049h\u001b[2J\u001b[1;1Hpicture\u001b[10;1Hbottom\u001b[3;5H");

        painter.draw("[away]");

        assertThat(picture()).startsWith("picture").endsWith("[away]").doesNotContain("bottom");
        assertThat(painter.erase()).isTrue();
        show("here");
        assertThat(picture().lines().skip(2).findFirst()).contains("    here");
    }

    @Test
    void breaksOffASequenceAndBeginsItAgain() throws Exception {
        show("$ \u001b[1");

        painter.draw("[away]");
        assertThat(picture()).isEqualTo("$\n[away]");
        painter.erase();
        show(";31mred");

        assertThat(picture()).isEqualTo("$ red");
    }

    @Test
    void drawsTheSameTextOnlyOnce() throws Exception {
        painter.draw("[away]");
        int before = written.size();

        painter.draw("[away]");

        assertThat(written.size()).isEqualTo(before);
    }

    @Test
    void erasesNothingWhenNothingIsThere() {
        assertThat(painter.erase()).isFalse();
        assertThat(written.size()).isZero();
    }

    @Test
    void givesTheShellItsScreenBackAtTheEnd() throws Exception {
        show("before");
        show("\u001b[?1049h\u001b[?25l\u001b[2Jpicture");
        painter.draw("[away]");

        painter.end();

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("\u001b[?1049l")
                .endsWith("\u001b[?25h");
        assertThat(picture()).doesNotContain("picture").doesNotContain("away");
    }

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private void show(String text) {
        terminal.write(text);
        painter.shown(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without colours and without empty rows at the end. */
    private String picture() throws InterruptedException {
        StringBuilder rows = new StringBuilder();
        long[] cells = new long[COLUMNS * ROWS];
        terminal.dump(cells, 0, 0, ROWS, COLUMNS, new int[2]);
        for (int row = 0; row < ROWS; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < COLUMNS; column++) {
                int c = (int) (cells[row * COLUMNS + column] & 0xffff_ffffL);
                if (c != 0) {
                    line.appendCodePoint(c);
                }
            }
            rows.append(line.toString().stripTrailing()).append('\n');
        }
        return rows.toString().stripTrailing();
    }

    private final class ToTerminal extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            written.write(bytes, from, length);
            terminal.write(new String(bytes, from, length, StandardCharsets.UTF_8));
        }
    }
}
