package org.sallyport.spi.identity;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says whether a presented credential belongs to an account.
 *
 * <p>Called by sign-in, once for each attempt, in a bounded pool. Register one service for each realm with the property
 * {@value #REALM} (String, required); for equal realms the higher {@code service.ranking} serves. Stay registered only while you
 * can answer. Many threads call at once; a call blocks until its deadline at most. The password is secret: not in logs, messages
 * or {@code toString}, and not kept after return.
 */
@ConsumerType
public interface IdentityProvider {
    /** Service property: the realm that this provider answers for. */
    String REALM = "sallyport.identity.realm";

    /** The realm of accounts that the server keeps itself. */
    String LOCAL_REALM = "local";

    /**
     * @return whether the password is the account's; false alike for unknown accounts, in about the same time
     * @throws org.sallyport.api.error.SallyportException {@code PROVIDER_UNAVAILABLE} when nothing can be said
     */
    boolean verifyPassword(String userName, char[] password, Instant deadline);

    /**
     * Sets the password of an account, making the account if needed.
     *
     * @throws org.sallyport.api.error.SallyportException {@code INVALID_ARGUMENT} when the password is too weak, or
     *     {@code PROVIDER_UNAVAILABLE} when this realm does not keep passwords itself
     */
    void setPassword(String userName, char[] password, Instant deadline);
}
