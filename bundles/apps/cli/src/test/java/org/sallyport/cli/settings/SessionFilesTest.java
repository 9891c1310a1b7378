package org.sallyport.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFilesTest {
    @TempDir
    Path home;

    private final String one = UUID.randomUUID().toString();
    private final String two = UUID.randomUUID().toString();

    private SessionFiles files() {
        return new SessionFiles(home);
    }

    @Test
    void keepsAClientForItsOwnerAlone() throws IOException {
        files().keep("ann-1", one);
        files().keep("ann-1", two);

        assertThat(files().client("ann-1")).contains(two);
        assertThat(mode(files().file("ann-1"))).isEqualTo("rw-------");
        assertThat(mode(files().file("ann-1").getParent())).isEqualTo("rwx------");
        assertThat(files().file("ann-1").getParent()).isDirectoryNotContaining("glob:**/.new*");
    }

    @Test
    void knowsNothingOfASessionFromElsewhere() throws IOException {
        assertThat(files().client("ann-2")).isEmpty();
    }

    @Test
    void doesNotBelieveAFileThatOthersCanRead() throws IOException {
        files().keep("ann-1", one);
        Files.setPosixFilePermissions(files().file("ann-1"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> files().client("ann-1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void saysThatAFileIsDamaged() throws IOException {
        files().keep("ann-1", one);
        Files.writeString(files().file("ann-1"), "x".repeat(1 << 20));

        assertThatThrownBy(() -> files().client("ann-1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../config.json", "a/b", ".new", "-x"})
    void isNotLedOutOfItsFolder(String id) {
        assertThatThrownBy(() -> files().client(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files().keep(id, one)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forgetsWhatIsOverAndNotWhatAnotherTerminalHas() throws IOException {
        files().keep("ann-1", one);
        files().keep("ann-2", two);

        files().forget("ann-1", one);
        files().forget("ann-2", one);

        assertThat(files().client("ann-1")).isEmpty();
        assertThat(files().client("ann-2")).contains(two);
    }

    @Test
    void forgetsWhatNobodyCameBackFor() throws IOException {
        files().keep("ann-1", one);
        Files.setLastModifiedTime(
                files().file("ann-1"), FileTime.from(Instant.now().minus(Duration.ofDays(31))));

        files().keep("ann-2", two);

        assertThat(files().client("ann-1")).isEmpty();
        assertThat(files().client("ann-2")).contains(two);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
