package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server keeps its limits of time: the person is warned before, told why after, and a journal remains. */
@Tag("long")
class LimitsIT {

    @Test
    void whoTypesNothingIsWarnedAndThenTheSessionEndsWithItsCause() throws Exception {
        Path data = LiveSystem.work("limits");
        Path etc = shippedConfiguration(data.resolve("etc"));
        Files.writeString(
                etc.resolve("org.sallyport.core.session.cfg"), "idle.timeout.most.s = 20\nduration.most.s = 3600\n");
        try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_ETC", etc.toString()), data);
                PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("echo typed-$((40+2))\r");
            shell.awaitText("typed-42");
            String id = CommandLineIT.sessionId(shell);

            shell.awaitText("unless something is typed");
            shell.awaitText("nothing was typed for 20 seconds");

            assertThat(shell.exitStatus()).as(shell.screen()).isEqualTo(3);
            assertThat(CommandLineIT.ended(live, id).details()).startsWith("IDLE");
            assertThat(journal(data, id)).isNotEmptyFile();
        }
    }

    private static Path journal(Path data, String sessionId) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("server/journals"))) {
            return files.filter(file -> file.getFileName().toString().equals(sessionId + ".journal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static Path shippedConfiguration(Path etc) throws IOException {
        Files.createDirectories(etc);
        try (Stream<Path> shipped = Files.list(LiveSystem.program("server/etc"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, etc.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return etc;
    }
}
