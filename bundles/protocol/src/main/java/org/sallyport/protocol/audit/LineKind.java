package org.sallyport.protocol.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a line of the trail is. */
public enum LineKind {
    /** The first line of a file. */
    SEGMENT,
    /** Something is about to be done; an {@link #EVENT} with the same {@code eventID} says what came of it. */
    BEGUN,
    /** Something that was done, or refused. */
    EVENT,
    /** A file is removed because it is old. */
    RETIRED,
    /** The last line of a file that another one follows. */
    SEALED;

    /** As it stands in a line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<LineKind> of(String wireName) {
        return Stream.of(values()).filter(k -> k.wireName().equals(wireName)).findFirst();
    }
}
