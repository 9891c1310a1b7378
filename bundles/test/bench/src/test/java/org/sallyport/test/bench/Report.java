package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures of one run, as a table and as JSON. One thread. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Row> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Instant begun = Instant.now();
    private final String loadBefore = load();

    void add(Row row) {
        rows.add(row);
        System.out.println(line(row));
    }

    /** Something that has to be said with the figures, as what was left out and why. */
    void remark(String text) {
        remarks.add(text);
        System.out.println("** " + text);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Writes {@code bench.txt} and {@code bench.json}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bench.txt"), text());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("bench.json").toFile(), json());
    }

    /** The table. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("%s, %d processors, Java %s; load average before: %s, after: %s%n"
                .formatted(begun, Runtime.getRuntime().availableProcessors(), Runtime.version(), loadBefore, load()));
        text.append("ratio: ours / OpenSSH; noise: OpenSSH measured against itself in the same run%n".formatted());
        text.append("%-44s %10s %10s %7s %7s  %s%n".formatted("", "ours", "OpenSSH", "ratio", "noise", "goal"));
        rows.forEach(row -> text.append(line(row)).append('\n'));
        remarks.forEach(remark -> text.append("** ").append(remark).append('\n'));
        return text.toString();
    }

    private static String line(Row row) {
        return "%-44s %10s %10s %7s %7s  %s%s"
                .formatted(
                        row.what() + ", " + row.unit(),
                        number(Optional.of(row.ours())),
                        number(row.peer()),
                        number(row.ratio()),
                        number(row.noise()),
                        row.goal(),
                        row.note().isEmpty() ? "" : "  (" + row.note() + ")");
    }

    private static String number(Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, v < 100 ? "%.2f" : "%.0f", v))
                .orElse("-");
    }

    private ObjectNode json() {
        ObjectNode all = JSON.createObjectNode();
        all.put("begun", begun.toString());
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("loadBefore", loadBefore);
        all.put("loadAfter", load());
        ArrayNode list = all.putArray("rows");
        for (Row row : rows) {
            ObjectNode one = list.addObject();
            one.put("what", row.what());
            one.put("unit", row.unit());
            one.put("ours", row.ours());
            row.peer().ifPresent(value -> one.put("openssh", value));
            row.again().ifPresent(value -> one.put("opensshAgain", value));
            row.ratio().ifPresent(value -> one.put("ratio", value));
            row.noise().ifPresent(value -> one.put("noise", value));
            one.put("goal", row.goal());
            one.put("note", row.note());
        }
        remarks.forEach(all.putArray("remarks")::add);
        return all;
    }

    private static String load() {
        try {
            String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ");
            return String.join(" ", words[0], words[1], words[2]);
        } catch (IOException e) {
            return "unknown";
        }
    }
}
