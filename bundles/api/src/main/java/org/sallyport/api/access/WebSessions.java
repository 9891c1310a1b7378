package org.sallyport.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * People who are signed in with a browser. A session is known by a random token that its holder alone has; the store has its hash.
 * Ends by itself when idle for too long and after its longest life; a new sign-in always makes a new token. Any thread; blocks for the
 * store, sign-in also for the identity provider.
 */
@ProviderType
public interface WebSessions {
    /** Who was refused with {@code TOO_MANY_TRIES} may try again after this time at the latest. */
    Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /**
     * A try to sign in. {@code toString} hides password and code.
     *
     * @param password wiped by the caller afterwards, not kept
     * @param code six digits of the second factor, empty when none was given
     * @param source address of the socket's peer in text form
     */
    record Attempt(String userName, char[] password, Optional<String> code, String source) {
        @Override
        public String toString() {
            return "Attempt[" + source + "]";
        }
    }

    /**
     * A session that holds.
     *
     * @param forgeryToken what the holder shows beside the token with each change it asks for, so that another site cannot ask in its name
     * @param expires end at the latest; earlier when idle
     * @param secondFactor whether the person has a second factor
     */
    record WebSession(Principal principal, String forgeryToken, Instant expires, boolean secondFactor) {
        @Override
        public String toString() {
            return "WebSession[" + principal.id() + "]";
        }
    }

    /** A new session with its token of 256 random bits, which is told this once. {@code toString} hides the token. */
    record Opened(String token, WebSession session) {
        @Override
        public String toString() {
            return "Opened[" + session + "]";
        }
    }

    /**
     * Signs in. Password first: who lacks it does not learn whether there is a second factor.
     *
     * @throws org.sallyport.api.error.SallyportException {@code TOO_MANY_TRIES}, {@code CREDENTIAL_REJECTED}, {@code CODE_REQUIRED},
     *     {@code CODE_REJECTED}, {@code PROVIDER_UNAVAILABLE}
     */
    Opened signIn(Attempt attempt);

    /** The session of a token; counts as use of it. Throws {@code SIGNED_OUT}. */
    WebSession find(String token);

    /** Whether the token's session holds, without counting as use: what runs in the background keeps nobody signed in. */
    boolean holds(String token);

    /** Ends one session; one that is over already is no error. */
    void signOut(String token);

    /** Ends all sessions and {@link TemporaryLogins} of the person that the token is of. Throws {@code SIGNED_OUT}. */
    void signOutEverywhere(String token);
}
