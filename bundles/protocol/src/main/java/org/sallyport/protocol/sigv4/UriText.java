package org.sallyport.protocol.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Percent-encoding as Signature Version 4 wants it: all but the unreserved characters of RFC 3986, upper-case hex. */
final class UriText {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UriText() {}

    /** Encodes the UTF-8 bytes of a text, a percent sign included. */
    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes and encodes again, so that two spellings of one text become equal. */
    static String normalise(String text) {
        return encode(decodeBytes(text));
    }

    /** Undoes percent-encoding; a percent sign without two hex digits and a plus sign stand for themselves. */
    static String decode(String text) {
        return new String(decodeBytes(text), StandardCharsets.UTF_8);
    }

    /**
     * The path as every service but S3 signs it: dot segments and empty segments removed, then each segment encoded once more than it
     * stands in the request.
     */
    static String canonicalPath(String rawPath) {
        Deque<String> kept = new ArrayDeque<>();
        String last = "";
        for (String segment : rawPath.split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        StringBuilder path = new StringBuilder(rawPath.length() + 16);
        kept.forEach(segment -> path.append('/').append(encode(segment)));
        boolean endsInFolder = last.isEmpty() || last.equals(".") || last.equals("..");
        return path.isEmpty() || endsInFolder ? path.append('/').toString() : path.toString();
    }

    private static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c)) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return out.toString();
    }

    private static byte[] decodeBytes(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }
}
