package org.sallyport.api.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.WireRequest;

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
    private static final Pattern CLAIMED = Pattern.compile("Credential=([A-Za-z0-9_-]{3,128})(?:/|%2F)");
    private static final int MOST_LOOKED_AT = 8_192;

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

    /** Somebody who is not known, with the key that the request claims to be signed with. */
    public static Actor claiming(WireRequest request) {
        String signed = request.header("Authorization").orElse("") + "&" + request.rawQuery();
        Matcher key = CLAIMED.matcher(signed.substring(0, Math.min(signed.length(), MOST_LOOKED_AT)));
        return new Actor(
                Optional.empty(),
                Optional.empty(),
                key.find() ? Optional.of(key.group(1)) : Optional.empty(),
                Optional.empty());
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
