package org.sallyport.api.audit;

import java.util.Optional;
import org.sallyport.api.access.Principal;

/**
 * Who asked. Exactly one of the first two is there for a verified caller or the server itself; none for a stranger.
 *
 * @param principal verified
 * @param server the part of the server that acted by itself, for instance {@code session}
 * @param accessKeyId that signed; for a stranger the one that was claimed, cut to what a key id may be
 * @param userName for a stranger the name that was claimed
 */
public record Actor(
        Optional<Principal> principal,
        Optional<String> server,
        Optional<String> accessKeyId,
        Optional<String> userName) {

    /** A verified caller. */
    public static Actor of(Principal principal) {
        return new Actor(Optional.of(principal), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A verified caller with the key that signed. */
    public static Actor of(Principal principal, String accessKeyId) {
        return new Actor(Optional.of(principal), Optional.empty(), Optional.of(accessKeyId), Optional.empty());
    }

    /** The server by itself. */
    public static Actor server(String part) {
        return new Actor(Optional.empty(), Optional.of(part), Optional.empty(), Optional.empty());
    }

    /** Somebody who is not known. */
    public static Actor stranger() {
        return new Actor(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Somebody who is not known and claims a key. */
    public static Actor claiming(Optional<String> accessKeyId) {
        return new Actor(Optional.empty(), Optional.empty(), accessKeyId, Optional.empty());
    }

    /** Somebody who is not known and claims a name, as at a sign-in. */
    public static Actor named(String userName) {
        return new Actor(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(userName));
    }

    /** Whether nobody is known behind it. */
    public boolean unknown() {
        return principal.isEmpty() && server.isEmpty();
    }
}
