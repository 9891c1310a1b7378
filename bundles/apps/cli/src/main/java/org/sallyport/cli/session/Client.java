package org.sallyport.cli.session;

import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a session, to the server: it goes on with this one only (data-channel specification, section 8.3).
 *
 * @param id of this client over all its connections; as good as a secret
 * @param takesOver the id of the client that had the session before; empty for a new session
 * @param taken runs once on the session's lane when the session is this client's
 */
public record Client(String id, Optional<String> takesOver, Runnable taken) {

    /** For a session that was started just now. */
    public static Client first() {
        return new Client(UUID.randomUUID().toString(), Optional.empty(), () -> {});
    }

    @Override
    public String toString() {
        return "Client[takes over: " + takesOver.isPresent() + "]";
    }
}
