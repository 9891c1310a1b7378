package org.sallyport.api.access;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.WebSessions.Attempt;

/**
 * People who are signed in with a command line. They get temporary credentials of their own user: requests signed with them are that
 * user's, with the same immutable id and the same policies. The store has the secret enveloped and the session token hashed. They end after their
 * time, when their holder says so, and with every sign-out everywhere. Any thread; blocks for the store, sign-in also for the identity
 * provider.
 */
@ProviderType
public interface TemporaryLogins {
    /** The shortest time that may be asked for. */
    Duration SHORTEST = Duration.ofMinutes(15);

    /** Credentials and whose they are. */
    record Login(Principal person, TemporaryCredentials credentials) {}

    /**
     * Signs in by the same rules, and with the same limits, as {@link WebSessions#signIn}.
     *
     * @param lifetime {@link #SHORTEST} to what the configuration allows; empty for the latter
     * @throws org.sallyport.api.error.SallyportException as {@link WebSessions#signIn}, and {@code INVALID_ARGUMENT} for the lifetime,
     *     before the password is looked at
     */
    Login signIn(Attempt attempt, Optional<Duration> lifetime);

    /** Ends credentials; to know their session token is the right to it. What is over, or never was, is no error. */
    void end(String accessKeyId, String sessionToken);

    /**
     * Ends all credentials and web sessions of the person that these credentials are of.
     *
     * @throws org.sallyport.api.error.SallyportException {@code SIGNED_OUT} when they do not hold
     */
    void endEverywhere(String accessKeyId, String sessionToken);
}
