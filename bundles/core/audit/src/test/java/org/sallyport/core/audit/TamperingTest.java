package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.protocol.audit.TrailVerification.Problem;
import org.sallyport.protocol.audit.TrailVerification.Verdict;

/** Whatever is done to the files by who cannot compute the chain anew, or cannot reach what is kept elsewhere, is found and named. */
class TamperingTest {
    private static final int RECORDS = 40;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void trail() throws Exception {
        try (World world = new World(folder)) {
            world.append(RECORDS);
        }
        file = World.files(folder).get(0);
    }

    @Test
    void aSoundTrailIsSound() throws IOException {
        Verdict verdict = World.verify(folder);

        assertThat(verdict.problem()).isEmpty();
        assertThat(verdict.first()).isEqualTo(1);
        assertThat(verdict.last().sequence()).isEqualTo(RECORDS + 1L);
        assertThat(verdict.tornBytes()).isZero();
    }

    @Test
    void eachFlippedBitIsFoundInItsRecord() throws IOException {
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(17);
        for (int trial = 0; trial < 300; trial++) {
            int at = random.nextInt(good.length);
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);

            Problem problem = World.verify(folder).problem().orElseThrow();

            assertThat(problem.offset())
                    .as("begin of the line with byte %d", at)
                    .isEqualTo(lineBegin(good, at));
            assertThat(problem.record()).isEqualTo(record(good, at));
            assertThat(problem.file()).isEqualTo("audit-00000001.jsonl");
        }
    }

    @Test
    void aDroppedRecordIsFound() throws IOException {
        for (int dropped = 0; dropped < RECORDS; dropped++) {
            List<String> lines = good();
            lines.remove(dropped);
            write(lines);

            assertThat(problem()).as("without line %d", dropped + 1).isPresent();
            assertThat(problem().get().record()).isEqualTo(dropped + 1L);
        }
    }

    @Test
    void anInsertedRecordIsFound() throws IOException {
        for (int at = 2; at < RECORDS; at++) {
            List<String> lines = good();
            lines.add(at, lines.get(at - 1));
            write(lines);

            assertThat(problem().orElseThrow().record()).isEqualTo(at + 1L);
            assertThat(problem().get().what()).contains("was put there");
        }
    }

    @Test
    void exchangedRecordsAreFound() throws IOException {
        for (int at = 1; at < RECORDS; at++) {
            List<String> lines = good();
            String one = lines.get(at);
            lines.set(at, lines.get(at + 1));
            lines.set(at + 1, one);
            write(lines);

            assertThat(problem().orElseThrow().record()).isEqualTo(at + 1L);
        }
    }

    @Test
    void eachCutIsFound() throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length += 97) {
            Files.write(file, Arrays.copyOf(good, length));

            assertThat(problem()).as("cut to %d bytes", length).isPresent();
            assertThat(problem().get().what()).contains("missing");
        }
    }

    /** The same over the ends of files, which are chained to one another. */
    @Test
    void acrossFilesEachIsFoundTooTheTailIncluded() throws Exception {
        Path many = folder.resolve("many");
        try (World world = new World(many, 1_500)) {
            world.append(RECORDS);
        }
        List<Path> files = World.files(many);
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(World.verify(many).problem()).isEmpty();
        for (int i = 0; i < files.size(); i++) {
            Path one = files.get(i);
            byte[] kept = Files.readAllBytes(one);
            List<String> lines = Files.readAllLines(one);
            String next =
                    i + 1 < files.size() ? Files.readAllLines(files.get(i + 1)).get(1) : lines.get(0);
            byte[] flipped = kept.clone();
            flipped[kept.length - 3] ^= 1;
            one.toFile().setWritable(true);
            for (byte[] bad : List.of(
                    flipped,
                    text(lines.subList(0, lines.size() - 1)),
                    text(lines.subList(1, lines.size())),
                    text(with(lines, lines.size(), next)),
                    text(with(lines, 1, lines.get(lines.size() - 1))),
                    Arrays.copyOf(kept, kept.length - 5),
                    new byte[0])) {
                Files.write(one, bad);
                assertThat(World.verify(many).problem())
                        .as("%s of %d bytes", one.getFileName(), bad.length)
                        .isPresent();
            }
            if (i + 1 < files.size()) {
                byte[] second = Files.readAllBytes(files.get(i + 1));
                files.get(i + 1).toFile().setWritable(true);
                Files.write(one, second);
                Files.write(files.get(i + 1), kept);
                assertThat(World.verify(many).problem())
                        .as("%s exchanged with the next", one.getFileName())
                        .isPresent();
                Files.write(files.get(i + 1), second);
            }
            Files.write(one, kept);
        }
        assertThat(World.verify(many).problem()).isEmpty();
    }

    private static List<String> with(List<String> lines, int at, String more) {
        List<String> all = new ArrayList<>(lines);
        all.add(at, more);
        return all;
    }

    private static byte[] text(List<String> lines) {
        return lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTrailOfAnotherTimeIsFoundByItsHead() throws Exception {
        byte[] head = Files.readAllBytes(folder.resolve("head"));
        Files.delete(file);
        Files.delete(folder.resolve("head"));
        try (World world = new World(folder)) {
            world.append(RECORDS);
        }
        Files.write(folder.resolve("head"), head);

        assertThat(problem().orElseThrow().what()).contains("another record");
    }

    @Test
    void aTrailWithoutItsFilesIsFound() throws IOException {
        Files.delete(file);

        assertThat(problem().orElseThrow().what()).contains("records 1 to " + (RECORDS + 1) + " are missing");
    }

    private List<String> good() throws IOException {
        if (!Files.exists(folder.resolve("good"))) {
            Files.copy(file, folder.resolve("good"));
        }
        return Files.readAllLines(folder.resolve("good"));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private Optional<Problem> problem() throws IOException {
        return World.verify(folder).problem();
    }

    private static long lineBegin(byte[] bytes, int at) {
        int begin = at;
        while (begin > 0 && bytes[begin - 1] != '\n') {
            begin--;
        }
        return begin;
    }

    private static long record(byte[] bytes, int at) {
        long record = 1;
        for (int i = 0; i < at; i++) {
            record += bytes[i] == '\n' ? 1 : 0;
        }
        return record;
    }
}
