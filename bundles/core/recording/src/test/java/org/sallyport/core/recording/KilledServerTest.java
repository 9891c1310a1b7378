package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.kernel.recording.SessionJournal;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.kernel.session.DataEnd;

/** What append returned from is in the journal, once and in order, whenever the process is killed; and the next process goes on. */
class KilledServerTest {
    /** Few in each build, {@code sallyport.kills} of them where the long tests run. */
    private static final int KILLS = Integer.getInteger("sallyport.kills", 10);

    private static final String ID = "alice-0123456789abcdef0";

    @TempDir
    Path folder;

    /** Goes on where the journal ends, and says of each message that it is written, and of each that is acknowledged that it is noted. */
    static final class Writer {
        public static void main(String[] args) {
            Desk desk = new Desk(Path.of(args[0]));
            Thread force = new Thread(() -> {
                while (true) {
                    desk.journals.tick();
                }
            });
            force.setDaemon(true);
            force.start();
            SessionJournal journal = desk.open(ID);
            long next = Long.parseLong(args[1]);
            System.out.println("lives " + journal.lives());
            while (true) {
                // a message that is there already among those that are not
                List<Entry> entries = new ArrayList<>();
                for (long n = Math.max(0, next - 2); n < next + 5; n++) {
                    entries.add(Wire.output(n, (int) (n % 7) * 900));
                }
                journal.append(entries);
                next += 5;
                System.out.println("written " + (next - 1));
                journal.acknowledged(DataEnd.NODE, next - 5);
            }
        }
    }

    @Test
    void everyMessageThatWasReportedIsThereOnceAndInOrder() throws Exception {
        Desk desk = new Desk(folder);
        desk.journals.begin(Desk.head(ID, false));
        Random random = new Random(42);
        long next = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            long reported = writeUntilKilled(kill, next, 1 + random.nextInt(12));
            assertThat(reported).isGreaterThanOrEqualTo(next);

            desk.restart("machine-1");
            Recovery.Recovered found = desk.read(ID);
            assertThat(found.damage()).isEmpty();
            assertThat(found.index().known(DataEnd.NODE, reported)).isTrue();
            next = found.tip().messages();
            assertThat(next).isGreaterThan(reported);
        }

        assertThat(desk.sequences(ID))
                .containsExactlyElementsOf(LongStream.range(0, next).boxed().toList());
        SessionJournal journal = desk.open(ID);
        assertThat(journal.lives()).isEqualTo(KILLS + 1);
        journal.append(List.of(Wire.output(next)));
        assertThat(journal.written(DataEnd.NODE, next)).isTrue();
        assertThat(Verification.verify(desk.file(ID)).state()).isEqualTo(Verification.State.OPEN);
    }

    /** The last message that was reported. */
    private long writeUntilKilled(int life, long next, int appends) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Long.toString(next))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long reported = -1;
        List<String> other = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int complete = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last line may have been cut off by the kill; then it is a lower number, which was reported as
                // well
                if (line.matches("written \\d+")) {
                    reported = Math.max(reported, Long.parseLong(line.substring("written ".length())));
                    if (++complete == appends) {
                        // through the handle: Process itself would close the stream with what was printed
                        process.toHandle().destroyForcibly();
                    }
                } else {
                    other.add(line);
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(other).contains("lives " + life);
        return reported;
    }
}
