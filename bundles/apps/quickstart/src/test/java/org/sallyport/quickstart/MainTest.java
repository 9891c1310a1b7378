package org.sallyport.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MainTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--api-port 0, from 1 to 65535",
        "--channel-port 65536, from 1 to 65535",
        "--api-port x, Invalid value",
        "--api-port 9000 --channel-port 9000, a port each",
        "--host https://sally.example, without a port",
        "--host sally.example:8443, without a port",
        "--host=-Dx, without a port",
        "--region eu/west, region has",
        "--region=, region has",
        "--surprise, Unknown option"
    })
    void wrongOptionsAreTwoAndStartNothing(String options, String said) {
        assertThat(run(Map.of("SALLYPORT_DISTRIBUTION", folder.toString()), options))
                .isEqualTo(2);

        assertThat(err.toString()).contains(said);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void wantsToKnowWhereTheProgramsAre() {
        assertThat(run(Map.of(), "--no-node")).isEqualTo(2);

        assertThat(err.toString()).contains("distro/run");
    }

    @Test
    void saysWhenTheServerCannotBeStarted() {
        assertThat(run(Map.of("SALLYPORT_DISTRIBUTION", folder.toString()), "--no-node"))
                .isEqualTo(1);

        assertThat(err.toString()).startsWith("distro/run: ").contains("sallyport-server");
    }

    private int run(Map<String, String> environment, String options) {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        return Main.commandLine(environment)
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
