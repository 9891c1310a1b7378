package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects unmasked payload; grows with the bytes that came, never with the length that a peer announces. */
final class PayloadBuffer {
    private static final int KEPT_CAPACITY = 64 * 1024;
    private static final int FIRST_CAPACITY = 2 * 1024;

    private byte[] bytes = new byte[0];
    private int size;

    int size() {
        return size;
    }

    /**
     * Takes bytes and unmasks them.
     *
     * @param offset place of the first one in its frame, from which the byte of the mask follows
     */
    void append(ByteBuffer in, int count, int mask, long offset) {
        if (bytes.length - size < count) {
            int grown = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(FIRST_CAPACITY, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, Math.max(grown, size + count));
        }
        in.get(bytes, size, count);
        if (mask != 0) {
            Masking.apply(bytes, size, count, mask, (int) (offset & 3));
        }
        size += count;
    }

    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[0];
        }
    }
}
