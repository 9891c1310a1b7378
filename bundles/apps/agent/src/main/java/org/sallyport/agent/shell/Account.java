package org.sallyport.agent.shell;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A user of this machine.
 *
 * @param uid -1 where users have no numbers, as on Windows; so with gid
 * @param shell login shell, absolute
 */
public record Account(String name, int uid, int gid, Path home, Path shell) {

    /** Reads a line of passwd(5); empty when it is none. */
    static Optional<Account> parse(String line) {
        String[] fields = line.strip().split(":", -1);
        return fields.length == 7 ? of(fields, 5) : Optional.empty();
    }

    /** Reads a line of master.passwd(5), as BSD's {@code id -P} prints it; empty when it is none. */
    static Optional<Account> parseMaster(String line) {
        String[] fields = line.strip().split(":", -1);
        return fields.length == 10 ? of(fields, 8) : Optional.empty();
    }

    private static Optional<Account> of(String[] fields, int home) {
        if (fields[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Account(
                    fields[0],
                    Integer.parseUnsignedInt(fields[2]),
                    Integer.parseUnsignedInt(fields[3]),
                    Path.of(fields[home].isEmpty() ? "/" : fields[home]),
                    Path.of(fields[home + 1].isEmpty() ? "/bin/sh" : fields[home + 1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
