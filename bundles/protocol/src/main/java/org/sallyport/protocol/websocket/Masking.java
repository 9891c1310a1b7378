package org.sallyport.protocol.websocket;

/** The exclusive-or of payload and mask key (RFC 6455, section 5.3); the same both ways. */
final class Masking {
    private Masking() {}

    /** @param phase which byte of the key, 0 to 3, belongs to the first byte */
    static void apply(byte[] bytes, int from, int count, int mask, int phase) {
        for (int i = 0; i < count; i++) {
            bytes[from + i] ^= (byte) (mask >>> (24 - 8 * ((i + phase) & 3)));
        }
    }
}
