package org.sallyport.adapter.transport.mina;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PROXY protocol's header, versions 1 and 2, as a load balancer puts it before the connection's own bytes. Collected byte by byte and
 * bounded: 107 bytes of version 1, 2 KiB of version 2. One thread.
 */
final class ProxyHeader {
    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_TEXT = 107;
    private static final int FIXED = 16;
    private static final int MAX_BINARY = 2048;
    private static final int INET = 1;
    private static final int INET6 = 2;
    private static final Pattern LINE = Pattern.compile(
            "PROXY (?:UNKNOWN(?: [!-~ ]*)?|TCP[46] ([0-9a-fA-F:.]{2,45}) [0-9a-fA-F:.]{2,45} [0-9]{1,5} [0-9]{1,5})\r\n");

    private final ByteBuffer bytes = ByteBuffer.allocate(MAX_BINARY);
    private Optional<InetAddress> source = Optional.empty();

    /**
     * Takes bytes up to the end of the header, not further; true when it is complete.
     *
     * @throws BadRequestException it is none, or too long
     */
    boolean feed(ByteBuffer in) throws BadRequestException {
        while (in.hasRemaining()) {
            bytes.put(in.get());
            if (complete()) {
                return true;
            }
        }
        return false;
    }

    /** The address that the proxy names; empty for a connection of the proxy's own, a health check for instance. */
    Optional<InetAddress> source() {
        return source;
    }

    private boolean complete() throws BadRequestException {
        int length = bytes.position();
        if (begins(SIGNATURE, length)) {
            return length >= FIXED && binary(length);
        }
        if (!begins(TEXT, length) || length > MAX_TEXT) {
            throw new BadRequestException(400, "no PROXY header, which is demanded of this peer");
        }
        if (bytes.get(length - 1) != '\n') {
            return false;
        }
        Matcher line = LINE.matcher(new String(bytes.array(), 0, length, StandardCharsets.ISO_8859_1));
        if (!line.matches()) {
            throw malformed();
        }
        if (line.group(1) != null) {
            source = Optional.of(
                    Optional.ofNullable(AddressRanges.address(line.group(1))).orElseThrow(ProxyHeader::malformed));
        }
        return true;
    }

    private boolean begins(byte[] with, int length) {
        int compared = Math.min(length, with.length);
        return Arrays.equals(bytes.array(), 0, compared, with, 0, compared);
    }

    private boolean binary(int length) throws BadRequestException {
        int version = bytes.get(12) >> 4 & 0xf;
        int command = bytes.get(12) & 0xf;
        int rest = bytes.getShort(14) & 0xffff;
        if (version != 2 || command > 1 || FIXED + rest > MAX_BINARY) {
            throw malformed();
        }
        if (length < FIXED + rest) {
            return false;
        }
        int family = command == 0 ? 0 : bytes.get(13) >> 4 & 0xf;
        int size = family == INET ? 4 : family == INET6 ? 16 : 0;
        if (rest < 2 * size) {
            throw malformed();
        }
        source = size == 0 ? Optional.empty() : Optional.of(raw(size));
        return true;
    }

    private InetAddress raw(int size) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes.array(), FIXED, FIXED + size));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    private static BadRequestException malformed() {
        return new BadRequestException(400, "the PROXY header is not well formed");
    }
}
