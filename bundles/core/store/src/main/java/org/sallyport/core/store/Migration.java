package org.sallyport.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * One file of a bundle's folder {@code migrations/}.
 *
 * @param version its number, from 1
 * @param name the file's name
 * @param statements in order, without comment lines and without the closing semicolon
 */
record Migration(int version, String name, List<String> statements) {
    private static final Pattern FILE = Pattern.compile("(\\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\\.sql");

    Migration {
        statements = List.copyOf(statements);
    }

    /** Parses a file; {@code name} without folder. */
    static Migration parse(String name, String sql) {
        Matcher matcher = FILE.matcher(name);
        if (!matcher.matches()) {
            throw new SallyportException(
                    CommonError.INTERNAL, "Migration %s is not named NNNN-lower-case-words.sql".formatted(name));
        }
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : sql.lines().map(String::stripTrailing).toList()) {
            if (line.isBlank() || line.stripLeading().startsWith("--")) {
                continue;
            }
            boolean last = line.endsWith(";");
            statement.append(last ? line.substring(0, line.length() - 1) : line).append('\n');
            if (last) {
                statements.add(statement.toString().strip());
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            throw new SallyportException(
                    CommonError.INTERNAL,
                    "Migration %s: its last statement has no semicolon at the end".formatted(name));
        }
        return new Migration(Integer.parseInt(matcher.group(1)), name, statements);
    }

    /** Checksum of the first statements, so that a migration which was broken off can be compared as well. */
    String checksum(int firstStatements) {
        return Sha256.hex(String.join(";\n", statements.subList(0, firstStatements)));
    }
}
