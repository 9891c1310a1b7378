package org.sallyport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void leavesNoCharacterThatATerminalObeys() {
        assertThat(PlainText.of("a\u001b[2Jb\u009b31mc\rd\ne\u0007f\u007fg\u0000h"))
                .isEqualTo("a?[2Jb?31mc?d?e?f?g?h");
    }

    @Test
    void leavesNoCharacterThatTurnsALineAround() {
        assertThat(PlainText.of("nod\u202eexe\u2066x\u2028y\ufeffz")).isEqualTo("nod?exe?x?y?z");
    }

    @Test
    void keepsTextOfAnyLanguage() {
        String text = "węzeł 节点 العقدة 🚀 ~!@#";

        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(PlainText.of("x\ud83dy")).isEqualTo("x?y");
    }

    @Test
    void keepsLineFeedsOfLinesOnly() {
        assertThat(PlainText.lines("one\ntwo\rthree\u001b")).isEqualTo("one\ntwo?three?");
    }
}
