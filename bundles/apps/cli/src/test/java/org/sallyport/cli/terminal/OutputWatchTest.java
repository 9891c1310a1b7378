package org.sallyport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputWatchTest {
    private final OutputWatch watch = new OutputWatch();

    @ParameterizedTest
    @CsvSource({
        "E[?1049h, true",
        "E[?47h, true",
        "E[?25;1047h, true",
        "E[?1049hE[?1049l, false",
        "E[?1049hEc, false",
        "E[?25h, false",
        "E[1049h, false",
        "E]0;E[?1049hE\\, true",
        "E]0;[?1049hE\\, false"
    })
    void seesWhoHasTheWholeScreenHoweverItComes(String output, boolean whole) {
        for (char one : output.toCharArray()) {
            show(one == 'E' ? "\u001b" : String.valueOf(one));
        }

        assertThat(watch.wholeScreen()).isEqualTo(whole);
        assertThat(partial()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "textE, E",
        "textE[3;4, E[3;4",
        "E[mE]0;title, E]0;title",
        "E]0;titleE, E]0;titleE",
        "E(, E(",
        "E[3E[4, E[4"
    })
    void keepsWhatIsBegunAndNotEnded(String output, String partial) {
        show(output.replace('E', '\u001b'));

        assertThat(partial().replace('\u001b', 'E')).isEqualTo(partial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"textE[1mtext", "E(B", "E]0;title\u0007", "EP1;2qE\\", "E[3\u0018", "\u00e9\u20ac"})
    void keepsNothingOfWhatIsComplete(String output) {
        show(output.replace('E', '\u001b'));

        assertThat(partial()).isEmpty();
    }

    @Test
    void keepsAtMostFourKibibytes() {
        show("\u001b]0;" + "x".repeat(100_000));

        assertThat(partial()).hasSize(4096);
    }

    private void show(String text) {
        watch.shown(text.getBytes(StandardCharsets.UTF_8));
    }

    private String partial() {
        return new String(watch.partial(), StandardCharsets.UTF_8);
    }
}
