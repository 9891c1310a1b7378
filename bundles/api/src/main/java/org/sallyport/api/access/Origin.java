package org.sallyport.api.access;

import java.util.Optional;

/**
 * Where a request came from, as the server saw it: what the condition keys about the request follow from.
 *
 * @param sourceIp address of the socket's peer, or of who a listed proxy speaks for ({@code aws:SourceIp})
 * @param userAgent as sent, cut at 256 characters ({@code aws:UserAgent})
 * @param secure whether it came over TLS ({@code aws:SecureTransport})
 */
public record Origin(Optional<String> sourceIp, Optional<String> userAgent, boolean secure) {
    /** The server itself, or not known: none of the keys is there. */
    public static final Origin NONE = new Origin(Optional.empty(), Optional.empty(), false);

    private static final int LONGEST = 256;

    public Origin {
        userAgent = userAgent.map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    /** A request over TLS. */
    public static Origin overTls(String sourceIp, Optional<String> userAgent) {
        return new Origin(Optional.of(sourceIp), userAgent, true);
    }
}
