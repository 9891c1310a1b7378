package org.sallyport.protocol.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the trail:
 * {@code {"sequence":17,"previous":"<64 hex>","kind":"event","record":{…},"hash":"<64 hex>"}}. The hash is SHA-256 over the bytes of the line before
 * {@code ,"hash":}. Reading does not look into the record.
 *
 * @param sequence 1 or more
 * @param previous hash of the line before, 64 zeros for the first of all
 * @param record JSON object in one line
 * @param hash as it stands in the line
 */
public record TrailLine(long sequence, String previous, LineKind kind, String record, String hash) {
    /** What the first line of all has as the hash of the line before. */
    public static final String START = "0".repeat(64);

    /** Most bytes of a line without its line feed. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final String HASH = ",\"hash\":\"";
    private static final int HEX = 64;
    private static final int TAIL = HASH.length() + HEX + 2;
    private static final Pattern HEAD = Pattern.compile(
            "\\{\"sequence\":([1-9][0-9]{0,17}),\"previous\":\"([0-9a-f]{64})\",\"kind\":\"([a-z]{1,16})\",\"record\":(\\{.*\\})",
            Pattern.DOTALL);

    /** A line with the hash that belongs to it. Throws {@code IllegalArgumentException} for one that would be too long to be read. */
    public static TrailLine of(long sequence, String previous, LineKind kind, String record) {
        byte[] hashed = hashed(sequence, previous, kind, record);
        if (hashed.length + TAIL > MAX_BYTES) {
            throw new IllegalArgumentException("A record of " + hashed.length + " bytes is longer than a line may be");
        }
        return new TrailLine(sequence, previous, kind, record, sha256(hashed));
    }

    /** Its bytes without the line feed. */
    public byte[] bytes() {
        byte[] before = hashed(sequence, previous, kind, record);
        byte[] after = (HASH + hash + "\"}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(before.length + after.length)
                .put(before)
                .put(after)
                .array();
    }

    /**
     * Reads a line, without its line feed.
     *
     * @throws MalformedLineException it is no such line, or its hash is not that of its bytes
     */
    public static TrailLine read(byte[] line) throws MalformedLineException {
        if (line.length > MAX_BYTES) {
            throw new MalformedLineException("it is longer than " + MAX_BYTES + " bytes");
        }
        int end = line.length - TAIL;
        String tail = end < 0 ? "" : new String(line, end, TAIL, StandardCharsets.ISO_8859_1);
        if (!tail.startsWith(HASH) || !tail.endsWith("\"}")) {
            throw new MalformedLineException("it does not end with its hash");
        }
        String hash = tail.substring(HASH.length(), HASH.length() + HEX);
        byte[] before = Arrays.copyOf(line, end);
        if (!sha256(before).equals(hash)) {
            throw new MalformedLineException("its hash is not that of its bytes, so it was changed");
        }
        Matcher head = HEAD.matcher(text(before));
        Optional<LineKind> kind = head.matches() ? LineKind.of(head.group(3)) : Optional.empty();
        if (kind.isEmpty()) {
            throw new MalformedLineException("it is no line of a trail of version " + TrailCheck.VERSION);
        }
        return new TrailLine(Long.parseLong(head.group(1)), head.group(2), kind.get(), head.group(4), hash);
    }

    private static byte[] hashed(long sequence, String previous, LineKind kind, String record) {
        String text = "{\"sequence\":" + sequence + ",\"previous\":\"" + previous + "\",\"kind\":\"" + kind.wireName()
                + "\",\"record\":" + record;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) throws MalformedLineException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedLineException("it is not UTF-8");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
