package org.sallyport.spi.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says who a provider's token belongs to, for AssumeRoleWithWebIdentity.
 *
 * <p>Called once for each request, in a bounded pool, with a token that anybody may have sent. Register one service for each provider with the
 * property {@value #PROVIDER} (String, required); for equal providers the higher {@code service.ranking} serves. A token goes to the
 * verifier whose provider is the host and path of the token's issuer. Stay registered only while you can answer. Many threads call at once; a call
 * blocks until its deadline at most. Check signature, issuer, time and audience. The token is secret: not in logs, messages or
 * {@code toString}, and not kept after return.
 */
@ConsumerType
public interface WebIdentityVerifier {
    /** Service property: the issuer without {@code https://}, for instance {@code idp.example.org/realms/main}. */
    String PROVIDER = "sallyport.identity.provider";

    /**
     * Who a token belongs to.
     *
     * @param subject its {@code sub}; the key {@code <provider>:sub}
     * @param audience the client that it was made for; the key {@code <provider>:aud}
     * @param claims more keys {@code <provider>:<name>}, for instance {@code amr}
     * @param tags session tags that the token asks for
     */
    record WebIdentity(String subject, String audience, Map<String, List<String>> claims, Map<String, String> tags) {
        public WebIdentity {
            claims = Map.copyOf(claims);
            tags = Map.copyOf(tags);
        }
    }

    /** What is wrong with a token. */
    enum Fault {
        /** It cannot be read, or its signature is wrong. */
        INVALID,
        /** It is over. */
        EXPIRED,
        /** It is right and not for here: another audience, not yet valid, revoked. */
        REJECTED
    }

    /**
     * Who, or what is wrong; exactly one of them is there.
     */
    record Verified(Optional<WebIdentity> identity, Optional<Fault> fault) {
        /** The token is right. */
        public static Verified of(WebIdentity identity) {
            return new Verified(Optional.of(identity), Optional.empty());
        }

        /** The token is wrong. */
        public static Verified wrong(Fault fault) {
            return new Verified(Optional.empty(), Optional.of(fault));
        }
    }

    /**
     * @param token at most 20,000 characters
     * @throws org.sallyport.api.error.SallyportException {@code PROVIDER_UNAVAILABLE} when nothing can be said, for instance while the provider's
     *     keys cannot be fetched
     */
    Verified verify(String token, Instant deadline);
}
