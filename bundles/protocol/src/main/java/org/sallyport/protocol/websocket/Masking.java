package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;

/** The exclusive-or of payload and mask key (RFC 6455, section 5.3); the same both ways. */
final class Masking {
    private Masking() {}

    /** @param phase which byte of the key, 0 to 3, belongs to the first byte */
    static void apply(byte[] bytes, int from, int count, int mask, int phase) {
        int turned = Integer.rotateLeft(mask, 8 * phase);
        long twice = (long) turned << 32 | turned & 0xffffffffL;
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int at = from;
        for (int end = from + count - Long.BYTES; at <= end; at += Long.BYTES) {
            view.putLong(at, view.getLong(at) ^ twice);
        }
        for (int i = 0; at < from + count; at++, i++) {
            bytes[at] ^= (byte) (turned >>> (24 - 8 * (i & 3)));
        }
    }
}
