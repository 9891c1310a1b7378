package org.sallyport.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingSystemTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, Linux, linux",
        "Mac OS X, MacOS, darwin",
        "Windows Server 2022, Windows, windows",
        "Windows 11, Windows, windows",
        "FreeBSD, Linux, linux"
    })
    void namesAreThoseOfTheApiAndOfTheChannel(String java, String platformType, String channelName) {
        OperatingSystem system = OperatingSystem.of(java);

        assertThat(system.platformType()).isEqualTo(platformType);
        assertThat(system.channelName()).isEqualTo(channelName);
    }

    @Test
    void aFileThatOthersCanReadIsToldWithWhatToDo(@TempDir Path folder) throws Exception {
        Path inside = folder.resolve("inside");
        PrivateFiles.makeFolder(inside);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside)))
                .isEqualTo("rwx------");
        Path file = Files.createFile(inside.resolve("file"), PrivateFiles.file());
        PrivateFiles.require(file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Assertions.assertThatThrownBy(() -> PrivateFiles.require(file)).hasMessageContaining("chmod 600");
    }
}
