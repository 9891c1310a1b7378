package org.sallyport.test.chaos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** One direction of a session: numbered lines that both ends can compute, and a running hash over them. {@code peer.js} makes the same. */
final class HashedStream {
    private final String label;
    private final String direction;
    private final MessageDigest hash = sha256();
    private long lines;
    private long bytes;

    /** @param direction {@code in} to the node or {@code out} of it */
    HashedStream(String label, String direction) {
        this.label = label;
        this.direction = direction;
    }

    /** The line whose turn it is. */
    byte[] peek() {
        String name = label + ":" + direction + ":" + lines;
        byte[] first = digest(name);
        StringBuilder text = new StringBuilder().append(lines).append(' ').append(base64(first));
        for (int block = 1; block <= (first[0] & 0xff) % 16; block++) {
            text.append(base64(digest(name + ":" + block)));
        }
        return text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes that line. */
    void advance(byte[] line) {
        hash.update(line);
        lines++;
        bytes += line.length;
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }

    /** SHA-256 of all lines so far. */
    String digest() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) hash.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
