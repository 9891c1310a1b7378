package org.sallyport.agent.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts terminal output into payloads that end between characters, so that each can be shown by itself. Bytes that are no UTF-8 pass
 * unchanged. Keeps at most three bytes of a character that is not complete yet. One thread at a time.
 */
public final class Utf8Cutter {
    private static final int LONGEST = 4;

    private final int maxBytes;
    private byte[] rest = {};

    /** @param maxBytes most bytes of one payload, at least 4 */
    public Utf8Cutter(int maxBytes) {
        if (maxBytes < LONGEST) {
            throw new IllegalArgumentException("a payload must hold a whole character, 4 bytes, not " + maxBytes);
        }
        this.maxBytes = maxBytes;
    }

    /** Payloads that are complete with these bytes, in order; may be empty. */
    public List<byte[]> cut(byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(bytes, 0, all, rest.length, length);
        List<byte[]> payloads = new ArrayList<>();
        int from = 0;
        while (from < all.length) {
            int to = Math.min(all.length, from + maxBytes);
            to -= incompleteTail(all, from, to);
            if (to == from) {
                break;
            }
            payloads.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        rest = Arrays.copyOfRange(all, from, all.length);
        return payloads;
    }

    /** What is kept back at the moment; given to {@link #cut} of another one, that one goes on where this one stood. */
    public byte[] rest() {
        return rest.clone();
    }

    /** What was kept back, as no more bytes come. */
    public List<byte[]> end() {
        List<byte[]> last = rest.length == 0 ? List.of() : List.of(rest);
        rest = new byte[] {};
        return last;
    }

    /** How many of the last bytes begin a character that needs more bytes than there are: 0 to 3. */
    private static int incompleteTail(byte[] bytes, int from, int to) {
        for (int back = 1; back < LONGEST && to - back >= from; back++) {
            int b = bytes[to - back] & 0xff;
            if ((b & 0xc0) != 0x80) {
                return lengthOf(b) > back ? back : 0;
            }
        }
        return 0;
    }

    private static int lengthOf(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? LONGEST : 1;
    }
}
