package org.sallyport.test.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.kernel.session.DataEnd;

/**
 * Where the server shall die: after the journal took the n-th message of an end, or before it notes that the n-th was acknowledged. Written
 * by a test to a file as {@code WRITTEN NODE 5}, and taken by the first session that begins.
 */
public record Fault(Moment moment, DataEnd from, long number) {
    /** Framework or system property: the file. */
    public static final String PROPERTY = "sallyport.faults";

    /** When. */
    public enum Moment {
        /** The message is in the journal, and nobody was told. */
        WRITTEN,
        /** The other end has it, and the journal does not know. */
        ACKNOWLEDGED
    }

    /** Arms the next session. */
    public void arm(Path file) throws IOException {
        Files.writeString(file, "%s %s %d".formatted(moment, from, number));
    }

    /** Takes the fault, if there is one: the session's next life must not meet it again. */
    static Optional<Fault> take(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).split(" ");
        Files.delete(file);
        return Optional.of(new Fault(Moment.valueOf(words[0]), DataEnd.valueOf(words[1]), Long.parseLong(words[2])));
    }

    /** As kill -9 does, without the way through the kernel: no hook, no finally, nothing is flushed. */
    static void strike() {
        Runtime.getRuntime().halt(137);
    }
}
