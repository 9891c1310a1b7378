package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs that others wrote, in the folder that {@code PEER_BIN} names. A test that needs one that is not there is skipped, and says so. */
public final class Peers {
    private Peers() {}

    /** The folder, with these programs in it: a folder that is named and lacks one is an error, not a reason to skip. */
    public static Path folder(String... programs) {
        String named = System.getenv("PEER_BIN");
        assumeTrue(
                named != null && !named.isBlank(),
                "SKIPPED: PEER_BIN does not name the folder of " + String.join(", ", programs));
        Path folder = Path.of(named);
        assertThat(programs)
                .allSatisfy(program -> assertThat(folder.resolve(program)).isExecutable());
        return folder;
    }

    public static void assumeOnPath(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        assumeTrue(there, "SKIPPED: PEER_BIN is set, but %s is not on the PATH".formatted(program));
    }
}
