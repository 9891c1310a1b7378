package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text of frames, where anything but well-formed UTF-8 ends the connection. */
final class Utf8 {
    private Utf8() {}

    static String decode(ByteBuffer bytes) throws WebSocketProtocolException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new WebSocketProtocolException(CloseCode.BAD_TEXT, "text is not well-formed UTF-8");
        }
    }

    /** The longest beginning of a text that has at most so many bytes and cuts no character. */
    static byte[] encodeAtMost(String text, int maxBytes) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(all.length, maxBytes);
        while (end < all.length && (all[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(all, end);
    }
}
