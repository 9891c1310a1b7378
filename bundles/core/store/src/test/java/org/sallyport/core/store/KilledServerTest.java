package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.store.Records;

/** What a call returned from is on disk, whenever the process is killed. */
class KilledServerTest {
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    /** Writes records and prints the key of each once the call is back. */
    static final class Writer {
        public static void main(String[] args) {
            EmbeddedStore store = new EmbeddedStore(Path.of(args[0]));
            Records records = new JdbcRecords(store.transactions, "org.example");
            for (int i = 0; ; i++) {
                String key = args[1] + "-" + i;
                records.put(key, key.getBytes(StandardCharsets.UTF_8), Records.ABSENT)
                        .orElseThrow();
                System.out.println(key);
            }
        }
    }

    @Test
    void everyRowThatWasReportedIsThereAfterKill() throws Exception {
        Set<String> reported = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            // another moment in each round: after the first commit, the second …
            reported.addAll(writeUntilKilled(kill, kill + 1));
        }

        try (EmbeddedStore store = new EmbeddedStore(folder)) {
            Records records = new JdbcRecords(store.transactions, "org.example");
            assertThat(reported)
                    .hasSizeGreaterThanOrEqualTo(KILLS)
                    .allSatisfy(key -> assertThat(records.get(key)).as(key).isPresent());
        }
    }

    private Set<String> writeUntilKilled(int round, int rows) throws Exception {
        Process process = writer(round);
        Set<String> reported = new HashSet<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String prefix = round + "-";
            int complete = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(prefix)) {
                    continue;
                }
                reported.add(line);
                if (++complete == rows) {
                    // through the handle: Process itself would close the stream with what was printed
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(complete).as("rows of round " + round).isGreaterThanOrEqualTo(rows);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        // the last line may have been cut off by the kill
        reported.removeIf(key -> !key.matches("\\d+-\\d+"));
        return reported;
    }

    @Test
    void aSecondServerOnTheSameDataIsRefused() throws Exception {
        try (EmbeddedStore store = new EmbeddedStore(folder)) {
            Process second = writer(0);
            try (var printed = second.getInputStream()) {
                assertThat(printed.readAllBytes()).isEmpty();
            } finally {
                second.destroyForcibly();
            }

            assertThat(new JdbcRecords(store.transactions, "org.example").scan("", "", 1))
                    .isEmpty();
        }
    }

    private Process writer(int round) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
