package org.sallyport.protocol.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of comma-separated values (RFC 4180). Each cell that a spreadsheet would take for a formula begins with an apostrophe, and control characters
 * are left out: cells may hold text of strangers. Not for use by several threads.
 */
public final class Csv {
    private static final String FORMULA = "=+-@\t\r\n";
    private static final String QUOTED = "\",\n\r";

    private final StringBuilder rows = new StringBuilder();

    /** Adds a row. */
    public Csv row(List<String> cells) {
        List<String> written = new ArrayList<>(cells.size());
        cells.forEach(cell -> written.add(cell(cell)));
        rows.append(String.join(",", written)).append("\r\n");
        return this;
    }

    /** All rows, each ended by CR LF. */
    @Override
    public String toString() {
        return rows.toString();
    }

    private static String cell(String text) {
        boolean formula =
                !text.isEmpty() && FORMULA.indexOf(text.strip().isEmpty() ? text.charAt(0) : first(text)) >= 0;
        String plain = (formula ? "'" : "") + text.replaceAll("\\p{Cntrl}", "");
        boolean quoted = plain.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0) || !plain.equals(plain.strip());
        return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    /** Spreadsheets skip white space before they look for a formula. */
    private static char first(String text) {
        return text.strip().charAt(0);
    }
}
