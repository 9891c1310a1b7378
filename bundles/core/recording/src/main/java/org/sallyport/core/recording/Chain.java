package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of all records so far: each value is SHA-256 over the value before and the bytes of one record, so it can be resumed from any
 * value and costs nothing at the end. Immutable.
 */
final class Chain {
    static final int BYTES = 32;

    private final byte[] value;

    private Chain(byte[] value) {
        this.value = value;
    }

    /** Before the first record: the digest of the file's header. */
    static Chain start() {
        return of(JournalFormat.fileHeader());
    }

    static Chain read(ByteBuffer in) {
        byte[] value = new byte[BYTES];
        in.get(value);
        return new Chain(value);
    }

    /** With one more record, given in parts; their positions stay. */
    Chain next(ByteBuffer... record) {
        MessageDigest digest = sha256();
        digest.update(value);
        for (ByteBuffer part : record) {
            digest.update(part.duplicate());
        }
        return new Chain(digest.digest());
    }

    /** What the next record repeats of this value. */
    long link() {
        return ByteBuffer.wrap(value).getLong();
    }

    String hex() {
        return HexFormat.of().formatHex(value);
    }

    void write(ByteBuffer out) {
        out.put(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && MessageDigest.isEqual(value, chain.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(link());
    }

    @Override
    public String toString() {
        return hex();
    }

    private static Chain of(ByteBuffer bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return new Chain(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
