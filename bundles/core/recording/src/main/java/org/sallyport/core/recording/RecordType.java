package org.sallyport.core.recording;

import java.util.Optional;

/** What a record holds. The numbers stand in the files and are never reused. */
enum RecordType {
    /** The first record of each journal: whose session it is. */
    HEAD(1),
    /** The journal was opened: once for each life of the server or of this bundle. */
    OPENED(2),
    /** A stream message, the whole frame as on the wire. */
    MESSAGE(3),
    /** Sequence numbers of one end that the other end has acknowledged. */
    ACKNOWLEDGED(4),
    /** Messages passed, or were refused, while the journal could not be written. */
    GAP(5),
    /** The last record: why the session ended, and the digest of all before. */
    SEALED(6);

    private final byte code;

    RecordType(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static Optional<RecordType> of(byte code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
