package org.sallyport.agent.succession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.session.SavedSession;
import org.sallyport.agent.shell.InPlace;
import org.sallyport.agent.shell.NativeLibraries;
import org.sallyport.agent.shell.Shell;

class EstateTest {
    private static final SavedSession WITH_SHELL = new SavedSession(
            "bob-1",
            "stty -ixon",
            "RUNNING",
            true,
            "",
            true,
            new Shell.Saved(4711, 33, List.of(bytes("ls"), bytes("\n"))),
            12,
            List.of(bytes("sent")),
            List.of(bytes("unsent")),
            new byte[] {(byte) 0xe2, (byte) 0x82},
            7,
            List.of(bytes("early")));
    private static final SavedSession WITHOUT = new SavedSession(
            "bob-2", "", "FLUSHING", false, "why", false, null, 0, List.of(), List.of(), new byte[] {}, 0, List.of());

    @TempDir
    static Path natives;

    @BeforeAll
    static void keepNativeCodeApart() throws Exception {
        NativeLibraries.unpackInto(natives);
    }

    @Test
    void isReadAsItWasWrittenAndOnlyOnce() throws Exception {
        Estate left = new Estate(
                Estate.FORMAT, "0.1.0.0", List.of(WITH_SHELL, WITHOUT), List.of("bob-0"), List.of(bytes("report")));

        Map<String, String> environment = named(left.write());
        Estate read = Estate.inherited(environment).orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(left);
        assertThat(read.shells()).containsExactly(4711L);
        assertThat(read.terminals()).containsExactly(33);
        assertThat(Estate.inherited(environment)).isEmpty();
    }

    @Test
    void whatALaterAgentAddsIsPassedOverAndAnotherFormatIsRefused() throws Exception {
        String later =
                """
                {"format":%d,"version":"9","sessions":[],"over":[],"reports":[],"more":{"new":1}}""";

        assertThat(Estate.inherited(named(file(later.formatted(Estate.FORMAT))))
                        .orElseThrow()
                        .version())
                .isEqualTo("9");
        Map<String, String> other = named(file(later.formatted(Estate.FORMAT + 1)));
        assertThatThrownBy(() -> Estate.inherited(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2, this one knows 1");
    }

    @Test
    void nothingIsInheritedWithoutTheVariableOrItsFile() throws Exception {
        assertThat(Estate.inherited(Map.of())).isEmpty();
        assertThat(Estate.inherited(Map.of(Estate.VARIABLE, "; rm"))).isEmpty();
        assertThat(Estate.inherited(Map.of(Estate.VARIABLE, "999999"))).isEmpty();
    }

    private static Map<String, String> named(int descriptor) {
        return Map.of(Estate.VARIABLE, Integer.toString(descriptor));
    }

    private static int file(String content) throws IOException {
        int descriptor = InPlace.newFile("test");
        Files.writeString(InPlace.file(descriptor), content);
        return descriptor;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
