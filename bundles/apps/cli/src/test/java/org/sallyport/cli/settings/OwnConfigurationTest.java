package org.sallyport.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnConfigurationTest {
    private static final OwnConfiguration SAMPLE =
            new OwnConfiguration("https://x.example:8443", "onprem-1", "PEM", "AKIA", "hush");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve("deep/config.json");
    }

    @Test
    void isReadBackAndNobodyElseCanReadIt() throws IOException {
        SAMPLE.write(file);

        assertThat(OwnConfiguration.read(file)).contains(SAMPLE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void replacesAnOlderOneAndWhatAnInterruptedWriteLeft() throws IOException {
        SAMPLE.write(file);
        Files.writeString(folder.resolve("deep/config.json.new"), "half");
        OwnConfiguration next = new OwnConfiguration("https://y.example", "r", "PEM", "AKIA2", "hush2");

        next.write(file);

        assertThat(OwnConfiguration.read(file)).contains(next);
    }

    @Test
    void keepsAnotherAuthorityBesideTheFirst() throws IOException {
        SAMPLE.write(file);

        SAMPLE.believing("NEXT\n", file);

        assertThat(OwnConfiguration.read(file).orElseThrow().caPem()).isEqualTo("PEM\nNEXT\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rw-r-----", "rwx--x---"})
    void isRefusedWhenOthersCanReachIt(String mode) throws IOException {
        SAMPLE.write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> OwnConfiguration.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"url\":\"https://x\"}", "{\"surprise\":1}"})
    void isRefusedWhenItIsNotWhole(String content) throws IOException {
        SAMPLE.write(file);
        Files.writeString(file, content);

        assertThatThrownBy(() -> OwnConfiguration.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sallyport configure");
    }

    @Test
    void isEmptyWithoutAFile() throws IOException {
        assertThat(OwnConfiguration.read(file)).isEmpty();
    }

    @Test
    void showsNoSecret() {
        assertThat(SAMPLE.toString()).doesNotContain("hush");
    }

    @Test
    void liesWhereTheEnvironmentSaysElseAtHome() {
        assertThat(OwnConfiguration.file(Map.of("SALLYPORT_CONFIG", "/x/y.json"), folder))
                .isEqualTo(Path.of("/x/y.json"));
        assertThat(OwnConfiguration.file(Map.of("SALLYPORT_CONFIG", " "), folder))
                .isEqualTo(folder.resolve(".config/sallyport/config.json"));
        assertThat(Home.of(Map.of("HOME", folder.toString()))).isEqualTo(folder);
    }
}
