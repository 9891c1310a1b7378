package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.kernel.status.StatusPart.Reading;

class FreeSpaceTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderThatIsStillToBeMadeCountsAsTheOneThatItWillLieIn() {
        Reading reading = FreeSpace.read(settings(folder.resolve("a/b"), 0));

        assertThat(reading.missing()).isEmpty();
        assertThat((long) reading.facts().get("freeMib")).isPositive();
    }

    @Test
    void lessFreeSpaceThanTheReserveIsMissing() {
        Reading reading = FreeSpace.read(settings(folder, 1_048_576));

        assertThat((long) reading.facts().get("freeMib")).isLessThan(1_048_576);
        assertThat(reading.missing()).singleElement().asString().contains("less than 1048576 MiB free");
    }

    private static Settings settings(Path directory, int reserve) {
        return new Settings(directory, reserve, Duration.ofSeconds(1));
    }
}
