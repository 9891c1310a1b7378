package org.sallyport.channel.link;

import java.nio.ByteBuffer;

/** Buffers that all connections of one loop share, since only one is worked on at a time. The loop's thread only. */
public final class Scratch {
    static final int BATCH = 64 * 1024;
    private static final int ENCRYPTED = BATCH + 24 * 1024;

    private final ByteBuffer plain = ByteBuffer.allocate(BATCH);
    private ByteBuffer encrypted = ByteBuffer.allocate(ENCRYPTED);
    private ByteBuffer decrypted = ByteBuffer.allocate(24 * 1024);

    /** Empty; for what is to be encrypted in one go. */
    ByteBuffer plain() {
        return plain.clear();
    }

    /** Empty, with room for at least one record of that size. */
    ByteBuffer encrypted(int record) {
        if (encrypted.capacity() < record) {
            encrypted = ByteBuffer.allocate(record);
        }
        return encrypted.clear();
    }

    /** Empty, with room for the content of one record. */
    ByteBuffer decrypted(int content) {
        if (decrypted.capacity() < content) {
            decrypted = ByteBuffer.allocate(content);
        }
        return decrypted.clear();
    }
}
