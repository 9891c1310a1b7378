package org.sallyport.agent.shell;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A user of this machine.
 *
 * @param shell login shell, absolute
 */
public record Account(String name, int uid, int gid, Path home, Path shell) {

    /** Reads a line of passwd(5); empty when it is none. */
    static Optional<Account> parse(String line) {
        String[] fields = line.strip().split(":", -1);
        if (fields.length != 7 || fields[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Account(
                    fields[0],
                    Integer.parseUnsignedInt(fields[2]),
                    Integer.parseUnsignedInt(fields[3]),
                    Path.of(fields[5].isEmpty() ? "/" : fields[5]),
                    Path.of(fields[6].isEmpty() ? "/bin/sh" : fields[6])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
