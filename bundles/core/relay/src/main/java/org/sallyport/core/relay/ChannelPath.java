package org.sallyport.core.relay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path of the channel port names.
 *
 * @param id a node's or a session's id, decoded
 */
record ChannelPath(Kind kind, String id) {

    enum Kind {
        CONTROL,
        DATA
    }

    private static final Pattern PATH = Pattern.compile("/v1/(control|data)-channel/([A-Za-z0-9._~@+-]{1,128})");

    /** Empty for any other path, too long ones among them. Ids are made of unreserved characters; a plus and an at sign may come encoded. */
    static Optional<ChannelPath> parse(String rawPath) {
        if (rawPath.length() > 400) {
            return Optional.empty();
        }
        Matcher m = PATH.matcher(rawPath.replace("%2B", "+").replace("%2b", "+").replace("%40", "@"));
        return m.matches()
                ? Optional.of(new ChannelPath(m.group(1).equals("control") ? Kind.CONTROL : Kind.DATA, m.group(2)))
                : Optional.empty();
    }
}
