package org.sallyport.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
    @TempDir
    Path directory;

    private Instant now;
    private PluginFolder folder;

    @BeforeEach
    void make() {
        now = Instant.parse("2026-03-01T00:00:00Z");
        folder = new PluginFolder(directory, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
    }

    @Test
    void aGrowingFileIsNotFinished() throws Exception {
        for (int i = 0; i < 5; i++) {
            Files.write(file(), new byte[10], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.setLastModifiedTime(file(), FileTime.from(now));
            assertThat(folder.look().files()).isEmpty();
            now = now.plus(PluginFolder.SETTLE);
        }

        PluginFolder.Look look = folder.look();

        assertThat(look.files()).containsOnlyKeys("a.jar");
        assertThat(look.files().get("a.jar").size()).isEqualTo(50);
        assertThat(look.calm()).isTrue();
    }

    @Test
    void anOldFileIsFinishedAtOnce() throws Exception {
        Files.write(file(), new byte[10]);
        Files.setLastModifiedTime(file(), FileTime.from(now.minusSeconds(60)));

        PluginFolder.Look look = folder.look();

        assertThat(look.files()).containsOnlyKeys("a.jar");
        assertThat(look.calm()).isTrue();
    }

    @Test
    void aMissingFileIsGoneOnlyAfterAWhile() throws Exception {
        anOldFileIsFinishedAtOnce();
        Files.delete(file());

        assertThat(folder.look().calm()).isFalse();
        now = now.plus(Duration.ofSeconds(1));

        assertThat(folder.look()).isEqualTo(new PluginFolder.Look(Map.of(), true));
    }

    private Path file() {
        return directory.resolve("a.jar");
    }
}
