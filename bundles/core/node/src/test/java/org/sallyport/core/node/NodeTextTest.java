package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTextTest {
    private static final String FACE = "\ud83d\ude00";

    @Test
    void textForPeopleStaysAsItIs() {
        String text = "web-1 (Zürich) 東京 " + FACE;

        assertThat(NodeText.clean(text)).isEqualTo(text);
        assertThat(NodeText.clean("")).isEmpty();
        assertThat(NodeText.clean(null)).isEmpty();
    }

    /** Escape, bell, a C1 control, right-to-left override, zero width joiner, both separators, halves of a pair. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x0a, 0x1b, 0x7f, 0x9b, 0x202e, 0x200d, 0x2028, 0x2029, 0xd800, 0xdc00})
    void whatForgesLinesOrHidesTextIsLeftOut(int character) {
        assertThat(NodeText.clean("a" + (char) character + "b")).isEqualTo("ab");
    }

    @Test
    void theCutNeverSplitsACharacter() {
        assertThat(NodeText.clean("x".repeat(254) + FACE + "y")).isEqualTo("x".repeat(254) + FACE);
        assertThat(NodeText.clean("x".repeat(255) + FACE + "y")).isEqualTo("x".repeat(255));
        assertThat(NodeText.clean("x".repeat(257))).hasSize(NodeText.MAX);
    }

    @Test
    void whatIsLeftOutDoesNotCount() {
        assertThat(NodeText.clean("\u0000".repeat(1000) + "web")).isEqualTo("web");
    }
}
