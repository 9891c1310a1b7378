package org.sallyport.front.enrol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an answer begins: a download that was cut goes on. Of RFC 9110's ranges only {@code bytes=N-} is obeyed; any other is answered whole, which
 * the RFC allows.
 */
record ByteRange(long from, boolean partial, boolean satisfiable) {
    private static final Pattern OPEN = Pattern.compile("bytes=(\\d{1,18})-");

    /** @param header null for none */
    static ByteRange of(String header, long size) {
        Matcher matcher = OPEN.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            return new ByteRange(0, false, true);
        }
        long from = Long.parseLong(matcher.group(1));
        return new ByteRange(from, true, from < size);
    }
}
