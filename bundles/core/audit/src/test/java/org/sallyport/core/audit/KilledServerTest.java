package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What append returned from is in the trail, whenever the process is killed; and the next process goes on with a sound chain. */
class KilledServerTest {
    /** Few in each build, {@code sallyport.kills} of them where the long tests run. */
    private static final int KILLS = Integer.getInteger("sallyport.kills", 5);

    @TempDir
    Path folder;

    /** Appends from four threads and says of each record that it is written. */
    static final class Writer {
        public static void main(String[] args) {
            World world = new World(Path.of(args[0]), 20_000);
            for (int thread = 0; thread < 4; thread++) {
                String name = args[1] + "-" + thread + "-";
                new Thread(() -> {
                            for (int i = 0; ; i++) {
                                world.writer.recorder().append(World.event("StartSession", Map.of("Target", name + i)));
                                System.out.println("written " + name + i + ";");
                            }
                        })
                        .start();
            }
        }
    }

    @Test
    void everyRecordThatWasReportedIsThere() throws Exception {
        Random random = new Random(5);
        Set<String> reported = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            reported.addAll(writeUntilKilled(kill, 20 + random.nextInt(200)));
            assertThat(World.verify(folder).problem()).as("after kill %d", kill).isEmpty();
        }
        new World(folder).close();

        assertThat(World.verify(folder).problem()).isEmpty();
        Set<String> there = new HashSet<>();
        Matcher targets = Pattern.compile("\"target\":\"([^\"]*)\"").matcher(String.join("\n", World.lines(folder)));
        while (targets.find()) {
            there.add(targets.group(1));
        }
        assertThat(there).containsAll(reported);
        assertThat(World.files(folder)).hasSizeGreaterThan(1);
    }

    private Set<String> writeUntilKilled(int life, int appends) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Integer.toString(life))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> reported = new HashSet<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last line may have been cut off by the kill
                if (line.startsWith("written ") && line.endsWith(";")) {
                    reported.add(line.substring("written ".length(), line.length() - 1));
                    if (reported.size() == appends) {
                        // through the handle: Process itself would close the stream with what was printed
                        process.toHandle().destroyForcibly();
                    }
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reported).hasSizeGreaterThanOrEqualTo(appends);
        return reported;
    }
}
