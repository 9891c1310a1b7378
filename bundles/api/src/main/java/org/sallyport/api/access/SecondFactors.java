package org.sallyport.api.access;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 s) as second factor of people. A code counts once. Any thread; blocks
 * for the store.
 */
@ProviderType
public interface SecondFactors {

    /**
     * What goes into the authenticator. {@code toString} hides it.
     *
     * @param secret base32, 160 random bits
     * @param uri {@code otpauth://totp/…} with the same secret
     */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }

    /** Whether the person has one that is on. */
    boolean on(Principal person);

    /** Makes a new secret, which does not count until {@link #confirm}. Throws {@code SECOND_FACTOR_STATE} when one is on. */
    Enrolment begin(Principal person);

    /** Turns it on with a code of the new secret. Throws {@code SECOND_FACTOR_STATE}, {@code CODE_REJECTED}, {@code TOO_MANY_TRIES}. */
    void confirm(Principal person, String code);

    /** Turns it off with a code. Throws {@code SECOND_FACTOR_STATE}, {@code CODE_REJECTED}, {@code TOO_MANY_TRIES}. */
    void remove(Principal person, String code);

    /**
     * Takes another person's away, for who lost the device; ends their web sessions and logins too. Asks the decision point first for
     * {@code iam:DeactivateMFADevice} on the user's ARN. Throws {@code ACCESS_DENIED}, {@code USER_UNKNOWN}.
     */
    void reset(Principal caller, String userName);
}
