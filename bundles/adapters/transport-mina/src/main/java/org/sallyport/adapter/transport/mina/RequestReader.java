package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts one HTTP/1.1 request out of a stream of bytes. Own code and not mina-http, which joins folded lines, accepts both lengths of a
 * body at once and sets no limits. One thread; a new reader for each request; memory grows with what came, up to the limits.
 */
final class RequestReader {
    static final int MAX_HEAD = 16 * 1024;
    private static final int FIRST_CAPACITY = 512;

    private byte[] headBytes = new byte[FIRST_CAPACITY];
    private int headLength;
    private RequestHead head;
    private ByteBuffer body;
    private ChunkedBody chunks;
    private boolean continued;

    /** Whether anything of the request is there. */
    boolean begun() {
        return headLength > 0;
    }

    /** Takes bytes up to the end of the request, not further; true when it is complete. */
    boolean feed(ByteBuffer in) throws BadRequestException {
        while (head == null && in.hasRemaining()) {
            headByte(in.get());
        }
        if (head == null) {
            return false;
        }
        if (chunks != null) {
            return chunks.feed(in);
        }
        int count = Math.min(in.remaining(), body.remaining());
        body.put(in.slice(in.position(), count));
        in.position(in.position() + count);
        return !body.hasRemaining();
    }

    /** True once, when the client wants to be told to send its body. */
    boolean expectsContinue() {
        boolean expects = head != null && !continued && head.hasToken("Expect", "100-continue");
        continued |= expects;
        return expects;
    }

    RequestHead head() {
        return head;
    }

    byte[] body() {
        return chunks == null ? body.array() : chunks.bytes();
    }

    private void headByte(byte octet) throws BadRequestException {
        if (headLength == MAX_HEAD) {
            throw new BadRequestException(431, "request line and headers may have at most " + MAX_HEAD + " bytes");
        }
        if (headLength == 0 && (octet < 'A' || octet > 'Z')) {
            throw new BadRequestException(400, "not an HTTP/1.1 request line");
        }
        byte before = headLength == 0 ? 0 : headBytes[headLength - 1];
        if (octet == '\n' != (before == '\r')) {
            throw new BadRequestException(400, "lines end with CR LF");
        }
        if (headLength == headBytes.length) {
            headBytes = Arrays.copyOf(headBytes, Math.min(MAX_HEAD, headLength * 2));
        }
        headBytes[headLength++] = octet;
        if (octet == '\n' && headLength >= 4 && headBytes[headLength - 3] == '\n') {
            head = RequestHead.parse(new String(headBytes, 0, headLength - 4, StandardCharsets.ISO_8859_1));
            headBytes = new byte[0];
            chunks = head.chunked() ? new ChunkedBody() : null;
            body = ByteBuffer.allocate(head.contentLength());
        }
    }
}
