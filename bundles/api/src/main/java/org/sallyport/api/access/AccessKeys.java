package org.sallyport.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Issues the keys that requests are signed with. Secrets are kept enveloped and returned once, at their creation. */
@ProviderType
public interface AccessKeys {

    /** Long-lived key of a user. {@code toString} hides the secret. */
    record AccessKey(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "AccessKey[" + accessKeyId + "]";
        }
    }

    /** Temporary credentials. {@code toString} hides the secret and the token. */
    record TemporaryCredentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expires) {
        @Override
        public String toString() {
            return "TemporaryCredentials[" + accessKeyId + " until " + expires + "]";
        }
    }

    /**
     * Makes an access key for a user; a user has at most two.
     *
     * @throws org.sallyport.api.error.SallyportException {@code USER_UNKNOWN}, {@code LIMIT_EXCEEDED}
     */
    AccessKey create(String userName);

    /**
     * Temporary credentials of a role for a managed node; several may be valid at once, and they outlive a restart.
     *
     * @param lifetime 60 s to 12 h
     */
    TemporaryCredentials issueForNode(String roleName, String nodeId, Duration lifetime);

    /** Ends all temporary credentials of a node at once. */
    void revokeNode(String nodeId);

    /** Whether a role of that name exists; activations name roles. */
    Optional<String> roleArn(String roleName);
}
