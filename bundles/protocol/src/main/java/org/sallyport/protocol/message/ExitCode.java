package org.sallyport.protocol.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Payload of type {@link PayloadType#EXIT_CODE}: a text for people that ends with the number (data-channel specification, section 4). */
public record ExitCode(int code) {
    private static final String PREFIX = "EXIT_CODE: ";
    private static final Pattern TEXT = Pattern.compile("\\s{0,8}EXIT_CODE: (-?[0-9]{1,10})\\s{0,8}");
    private static final int MAX_BYTES = 64;

    public byte[] toBytes() {
        return (PREFIX + code).getBytes(StandardCharsets.US_ASCII);
    }

    public static ExitCode parse(byte[] payload) throws MalformedMessageException {
        if (payload.length > MAX_BYTES) {
            throw new MalformedMessageException("an exit code has at most %d bytes".formatted(MAX_BYTES));
        }
        Matcher text = TEXT.matcher(new String(payload, StandardCharsets.ISO_8859_1));
        if (!text.matches()) {
            throw new MalformedMessageException("an exit code must look like EXIT_CODE: 0");
        }
        long code = Long.parseLong(text.group(1));
        if (code != (int) code) {
            throw new MalformedMessageException("an exit code has 32 bits");
        }
        return new ExitCode((int) code);
    }
}
