package org.sallyport.adapter.transport.mina;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Takes a chunked body apart (RFC 9112, section 7.1), byte by byte so that it may come in any pieces. No extensions, no trailers. */
final class ChunkedBody {
    private static final int MAX_SIZE_DIGITS = 6;

    private enum State {
        SIZE,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        END_CR,
        END_LF,
        DONE
    }

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private State state = State.SIZE;
    private int digits;
    private int size;

    /** Takes bytes up to the end of the body; true when it is complete. */
    boolean feed(ByteBuffer in) throws BadRequestException {
        while (state != State.DONE && in.hasRemaining()) {
            if (state == State.DATA) {
                data(in);
            } else {
                step(in.get());
            }
        }
        return state == State.DONE;
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    private void data(ByteBuffer in) {
        byte[] chunk = new byte[Math.min(size, in.remaining())];
        in.get(chunk);
        body.write(chunk, 0, chunk.length);
        size -= chunk.length;
        if (size == 0) {
            state = State.DATA_CR;
        }
    }

    private void step(byte octet) throws BadRequestException {
        switch (state) {
            case SIZE -> size(octet);
            case SIZE_LF -> {
                expect(octet, '\n');
                state = size == 0 ? State.END_CR : State.DATA;
                digits = 0;
            }
            case DATA_CR -> {
                expect(octet, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(octet, '\n');
                state = State.SIZE;
            }
            case END_CR -> {
                expect(octet, '\r');
                state = State.END_LF;
            }
            case END_LF -> {
                expect(octet, '\n');
                state = State.DONE;
            }
            case DATA, DONE -> throw new IllegalStateException(state.name());
        }
    }

    private void size(byte octet) throws BadRequestException {
        int digit = octet < 0 ? -1 : Character.digit(octet, 16);
        if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
            size = size * 16 + digit;
            digits++;
            if (size > RequestHead.MAX_BODY - body.size()) {
                throw new BadRequestException(413, "a body may have at most " + RequestHead.MAX_BODY + " bytes");
            }
        } else if (digits > 0) {
            expect(octet, '\r');
            state = State.SIZE_LF;
        } else {
            throw malformed();
        }
    }

    private static void expect(byte octet, char wanted) throws BadRequestException {
        if (octet != wanted) {
            throw malformed();
        }
    }

    private static BadRequestException malformed() {
        return new BadRequestException(400, "the chunked body is not well formed");
    }
}
