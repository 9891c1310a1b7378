package org.sallyport.api.audit;

import java.util.UUID;

/**
 * Where a request came from.
 *
 * @param sourceAddress the socket's peer in text form, or for the server's own acts its name
 * @param userAgent as sent, hostile text, empty for none
 * @param requestId the same as in the answer
 */
public record Origin(String sourceAddress, String userAgent, String requestId) {
    /** For what the server does by itself. */
    public static final String SERVER = "sallyport";

    /** Nobody asked: the server does it by itself. */
    public static Origin server() {
        return new Origin(SERVER, "", UUID.randomUUID().toString());
    }
}
