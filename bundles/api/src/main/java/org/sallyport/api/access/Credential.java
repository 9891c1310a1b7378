package org.sallyport.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a principal signed with, and what that says of it; the truth behind the condition keys about the caller. Holds no secret. Made by request
 * verification, sign-in and the issuing of credentials only.
 *
 * @param keyId access key id; empty for a web session and for a node's own key
 * @param issued when temporary credentials or a web session were issued ({@code aws:TokenIssueTime}); empty for a long-lived key
 * @param expires end of temporary credentials
 * @param secondFactor when a code of the second factor was taken ({@code aws:MultiFactorAuthAge})
 * @param tags session tags ({@code aws:PrincipalTag/…}); they win over the tags of the role
 * @param transitive keys of the session tags that go on when another role is assumed, lower case
 * @param sourceIdentity {@code aws:SourceIdentity}; goes on when another role is assumed
 * @param provider {@code aws:FederatedProvider} of a web identity
 * @param policies session policies, each as JSON text or as the ARN of a managed policy: they limit what the identity's policies allow
 * @param limited whether it may neither call IAM nor, but for AssumeRole, STS: a session token that was given without a second factor
 */
public record Credential(
        Optional<String> keyId,
        Optional<Instant> issued,
        Optional<Instant> expires,
        Optional<Instant> secondFactor,
        Map<String, String> tags,
        Set<String> transitive,
        Optional<String> sourceIdentity,
        Optional<String> provider,
        List<String> policies,
        boolean limited) {
    /** Nothing is known: neither key nor session. */
    public static final Credential NONE = new Credential(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false);

    public Credential {
        tags = Map.copyOf(tags);
        transitive = Set.copyOf(transitive);
        policies = List.copyOf(policies);
    }

    /** A long-lived access key. */
    public static Credential key(String keyId) {
        return new Credential(
                Optional.of(keyId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    /** A person's web session, or temporary credentials of a user. */
    public static Credential session(
            Optional<String> keyId, Instant issued, Optional<Instant> expires, Optional<Instant> secondFactor) {
        return new Credential(
                keyId,
                Optional.of(issued),
                expires,
                secondFactor,
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    /** Whether it is temporary. */
    public boolean temporary() {
        return issued.isPresent();
    }

    /** The same with a second factor that was shown later by that much. */
    public Credential secondFactorLaterBy(Duration time) {
        return new Credential(
                keyId,
                issued,
                expires,
                secondFactor.map(at -> at.plus(time)),
                tags,
                transitive,
                sourceIdentity,
                provider,
                policies,
                limited);
    }
}
