package org.sallyport.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sallyport.cli.terminal.PlainText;

/** Items as rows for a person: as wide as what stands in them, the last column open, nothing that a terminal would obey. */
public final class Table {
    private record Column(String title, Function<JsonNode, String> value) {}

    private final List<Column> columns = new ArrayList<>();

    /** A column with a member's text. */
    public Table text(String title, String member) {
        return column(title, item -> item.path(member).asText(""));
    }

    /** A column with a time, given in seconds since 1970. */
    public Table time(String title, String member) {
        return column(title, item -> moment(item.path(member)));
    }

    public Table column(String title, Function<JsonNode, String> value) {
        columns.add(new Column(title, value));
        return this;
    }

    public void print(List<JsonNode> items, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        for (JsonNode item : items) {
            rows.add(columns.stream()
                    .map(column -> cell(column.value().apply(item)))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
        out.flush();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    /** An empty cell is a dash, so that the columns can be counted. */
    private static String cell(String text) {
        return text.isBlank() ? "-" : PlainText.of(text);
    }

    private static String moment(JsonNode seconds) {
        return seconds.isNumber()
                ? Instant.ofEpochSecond(seconds.asLong())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                : "";
    }
}
