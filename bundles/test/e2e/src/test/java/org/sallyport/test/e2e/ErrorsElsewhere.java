package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of {@code iam-errors-elsewhere.txt}: pairs of operation and code that have no case in the table, and why. */
record ErrorsElsewhere(List<Row> rows) {
    /** @param in whether a test provokes it, which {@code text} names by its module and class; else text is the reason why nothing can */
    record Row(String operations, String code, boolean in, String text) {
        private static Row read(String line) {
            String[] parts = line.split(" \\| ", 4);
            assertThat(parts).as(line).hasSize(4);
            assertThat(parts[2]).as(line).isIn("in", "never");
            return new Row(parts[0], parts[1], parts[2].equals("in"), parts[3]);
        }

        /** @param pair operation, space, code */
        boolean isAbout(String pair) {
            String[] parts = pair.split(" ");
            return parts[1].equals(code) && parts[0].matches(operations);
        }

        private boolean holds(Path bundles) {
            if (!in) {
                return !text.isBlank();
            }
            String[] named = text.split(" ");
            // where errors are constants they are written otherwise
            String constant = code.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
            try (Stream<Path> files = Files.walk(bundles.resolve(named[0]).resolve("src/test"))) {
                Path file = files.filter(one -> one.endsWith(named[1] + ".java"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no test " + text));
                String source = Files.readString(file);
                return source.contains("\"" + code + "\"") || source.contains("." + constant);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static ErrorsElsewhere read() {
        try (InputStream in = ErrorsElsewhere.class.getResourceAsStream("/iam-errors-elsewhere.txt")) {
            return new ErrorsElsewhere(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::read)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String pair) {
        return rows.stream().anyMatch(row -> row.isAbout(pair));
    }

    /**
     * Each row is needed, and what it says is so.
     *
     * @param untested pairs without a case
     * @param bundles the folder of all modules
     */
    void check(Set<String> untested, Path bundles) {
        assertThat(rows).as("rows about nothing that lacks a case").allMatch(row -> untested.stream()
                .anyMatch(row::isAbout));
        assertThat(rows).as("rows that do not hold").allMatch(row -> row.holds(bundles));
    }
}
