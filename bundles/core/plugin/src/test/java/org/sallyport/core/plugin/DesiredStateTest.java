package org.sallyport.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredStateTest {
    private static final DesiredState.Entry ENTRY =
            new DesiredState.Entry("org.example.a", "1.0.0", "0".repeat(64), "a.jar", 7, 1_700_000_000_000L);

    @TempDir
    Path folder;

    @Test
    void readsWhatItWroteAndLeavesNoOtherFile() throws Exception {
        DesiredState state = new DesiredState(folder.resolve("desired.json"));
        state.write(List.of());
        state.write(List.of(ENTRY));

        assertThat(state.read()).containsOnlyKeys("org.example.a").containsValue(ENTRY);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void isEmptyWithoutAFile() {
        assertThat(new DesiredState(folder.resolve("desired.json")).read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"format\":2,\"plugins\":[]}",
                "{\"format\":1,\"format\":1,\"plugins\":[]}",
                "{\"format\":1,\"plugins\":[{\"symbolicName\":\"a\",\"sha256\":\"../../etc\"}]}",
                "{\"format\":1,\"plugins\":[{\"symbolicName\":\"../a\"}]}",
                "{\"format\":1,\"plugins\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void whatCannotBeTrustedIsLeftOut(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("desired.json"), content);

        assertThat(new DesiredState(file).read()).isEmpty();
    }
}
