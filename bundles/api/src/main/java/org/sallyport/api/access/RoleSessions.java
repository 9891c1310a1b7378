package org.sallyport.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.iam.Tag;

/**
 * Temporary credentials, as STS gives them. Failures are those of {@link AccessError} and {@link org.sallyport.api.iam.IamError}. Any thread; blocks
 * for the store, the policy adapter and, with a web identity, its verifier.
 */
@ProviderType
public interface RoleSessions {
    /** Lifetime of a role's session when none is asked for. */
    Duration ROLE_DEFAULT = Duration.ofHours(1);

    /** Lifetime of a user's session token when none is asked for. */
    Duration USER_DEFAULT = Duration.ofHours(12);

    /**
     * What limits and describes a session.
     *
     * @param policy a session policy, JSON text
     * @param policyArns managed policies that limit it, at most 10
     * @param tags session tags, at most 50
     * @param transitive keys of tags that go on
     * @param sourceIdentity 2 to 64 characters; who has one already cannot change it
     */
    record Scope(
            Optional<String> policy,
            List<String> policyArns,
            List<Tag> tags,
            List<String> transitive,
            Optional<String> sourceIdentity) {
        /** Nothing. */
        public static final Scope NONE = new Scope(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty());

        public Scope {
            policyArns = List.copyOf(policyArns);
            tags = List.copyOf(tags);
            transitive = List.copyOf(transitive);
        }
    }

    /** A code of the second factor. {@code toString} hides it. */
    record Code(String serialNumber, String code) {
        @Override
        public String toString() {
            return "Code[" + serialNumber + "]";
        }
    }

    /**
     * A role to assume.
     *
     * @param sessionName 2 to 64 of letters, digits and {@code _+=,.@-}
     * @param lifetime 15 minutes to the role's longest; an hour at most for who has a role already
     */
    record RoleWanted(
            String roleArn,
            String sessionName,
            Optional<Duration> lifetime,
            Scope scope,
            Optional<String> externalId,
            Optional<Code> code) {
        /** With nothing that is not needed. */
        public static RoleWanted named(String roleArn, String sessionName) {
            return new RoleWanted(
                    roleArn, sessionName, Optional.empty(), Scope.NONE, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A role to assume with a provider's token. {@code toString} hides the token.
     *
     * @param token at most 20,000 characters
     * @param policy a session policy, JSON text
     */
    record WebRoleWanted(
            String roleArn,
            String sessionName,
            String token,
            Optional<Duration> lifetime,
            Optional<String> policy,
            List<String> policyArns) {
        public WebRoleWanted {
            policyArns = List.copyOf(policyArns);
        }

        @Override
        public String toString() {
            return "WebRoleWanted[" + roleArn + "]";
        }
    }

    /**
     * A role's session.
     *
     * @param principal the session: {@code AssumedRoleUser} has its id and ARN
     * @param packedPercent how much of the space for session policies and tags is used
     */
    record Assumed(AccessKeys.TemporaryCredentials credentials, Principal principal, int packedPercent) {}

    /** A role's session of a web identity. */
    record WebAssumed(Assumed assumed, String subject, String audience, String provider) {}

    /**
     * {@code sts:AssumeRole}: the caller's policies and the role's trust policy are asked, before the role is looked up; with tags also
     * {@code sts:TagSession}, with a source identity also {@code sts:SetSourceIdentity}.
     *
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED} also for a role that does not exist; {@code MALFORMED_POLICY_DOCUMENT},
     *     {@code PACKED_POLICY_TOO_LARGE}, {@code VALIDATION_ERROR}
     */
    Assumed assumeRole(Principal caller, RoleWanted wanted);

    /**
     * {@code sts:AssumeRoleWithWebIdentity}: needs no signature. The provider's token says who asks, and the role's trust policy decides.
     *
     * @throws org.sallyport.api.error.SallyportException {@code INVALID_IDENTITY_TOKEN}, {@code EXPIRED_TOKEN}, {@code IDP_REJECTED_CLAIM},
     *     {@code IDP_COMMUNICATION_ERROR}; those of {@link #assumeRole}
     */
    WebAssumed assumeRoleWithWebIdentity(Origin origin, WebRoleWanted wanted);

    /**
     * {@code sts:GetSessionToken}: credentials of the caller itself, 15 minutes to 36 hours. Needs no permission. Without a code they cannot call
     * IAM.
     *
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED} for who has no long-lived key, or with a code that is wrong
     */
    AccessKeys.TemporaryCredentials sessionToken(Principal caller, Optional<Duration> lifetime, Optional<Code> code);
}
