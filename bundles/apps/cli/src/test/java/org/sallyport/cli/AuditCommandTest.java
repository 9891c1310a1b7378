package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.protocol.audit.LineKind;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailLine;
import picocli.CommandLine;

/** Verifying files of a trail, without a server. */
class AuditCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final List<TrailLine> lines = new ArrayList<>();

    @BeforeEach
    void trail() throws IOException {
        add(LineKind.SEGMENT, "{\"format\":1,\"segment\":1,\"trail\":\"t\",\"begun\":\"2026-01-01T00:00:00Z\"}");
        for (int i = 0; i < 5; i++) {
            add(LineKind.EVENT, "{\"eventName\":\"StartSession\",\"n\":" + i + "}");
        }
        write(file(1), lines);
        Files.writeString(folder.resolve("head"), TrailHead.of(lines.get(5)) + "\n");
    }

    @Test
    void aSoundTrailIsSoundAndItsHeadIsPrinted() {
        assertThat(verify(folder.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "Sound: records 1 to 6 in 1 files.",
                        "Head: 6:" + lines.get(5).hash());
    }

    @Test
    void aChangedRecordIsNamed() throws IOException {
        String text = Files.readString(file(1)).replace("\"n\":2", "\"n\":7");
        Files.writeString(file(1), text);
        long offset = text.indexOf("{\"sequence\":4,");

        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "record 4, file audit-00000001.jsonl, byte " + offset + ": its hash is not that of its bytes");
    }

    @Test
    void aCutTrailIsFoundByItsHeadFileAndByTheOneGiven() throws IOException {
        write(file(1), lines.subList(0, 4));
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("records 5 to 6 are missing");

        Files.delete(folder.resolve("head"));
        assertThat(verify(folder.toString())).isZero();
        assertThat(out.toString()).contains("Nothing says how far the trail reached");

        assertThat(verify(
                        folder.toString(), "--head", TrailHead.of(lines.get(5)).toString()))
                .isEqualTo(1);
        assertThat(verify(folder.toString(), "--head", "nonsense")).isEqualTo(2);
    }

    @Test
    void anUnfinishedRecordIsToldAndNoDamage() throws IOException {
        Files.writeString(file(1), "{\"sequence\":7,", StandardOpenOption.APPEND);

        assertThat(verify(folder.toString())).isZero();
        assertThat(out.toString()).contains("The last 14 bytes are an unfinished record");
    }

    @Test
    void aFileOfTheTrailAloneCanBeVerified() {
        assertThat(verify(file(1).toString())).isZero();
    }

    @Test
    void whatIsNoTrailIsSaid() {
        assertThat(verify(folder.resolve("nothing").toString())).isEqualTo(1);
    }

    private int verify(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("audit", "verify"));
        all.addAll(List.of(arguments));
        CommandLine line = Main.commandLine(
                new Surroundings(Map.of("HOME", folder.toString()), new ByteArrayInputStream(new byte[0])));
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(all.toArray(String[]::new));
    }

    private void add(LineKind kind, String record) {
        TrailLine last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
        lines.add(TrailLine.of(lines.size() + 1L, last == null ? TrailLine.START : last.hash(), kind, record));
    }

    private static void write(Path file, List<TrailLine> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line ->
                text.append(new String(line.bytes(), StandardCharsets.UTF_8)).append('\n'));
        Files.writeString(file, text);
    }

    private Path file(int number) {
        return folder.resolve("audit-%08d.jsonl".formatted(number));
    }
}
