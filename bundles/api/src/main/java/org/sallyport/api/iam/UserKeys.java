package org.sallyport.api.iam;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * Access keys of users. A user name that is empty stands for the caller, who then must be a user, or have credentials of one. Any thread; blocks for
 * the store.
 */
@ProviderType
public interface UserKeys {
    /** A new key with its secret, which is told this once. {@code toString} hides it. */
    record Made(UserKey key, String secretAccessKey) {
        @Override
        public String toString() {
            return "Made[" + key + "]";
        }
    }

    /**
     * Use of a key.
     *
     * @param used empty when never
     */
    record Use(String userName, Optional<LastUsed> used) {}

    /** {@code iam:CreateAccessKey}. Throws {@code NO_SUCH_ENTITY}, {@code LIMIT_EXCEEDED} (2). */
    Made create(Principal caller, Optional<String> userName);

    /** {@code iam:UpdateAccessKey}: active or not. Throws {@code NO_SUCH_ENTITY}. */
    void update(Principal caller, Optional<String> userName, String accessKeyId, boolean active);

    /** {@code iam:DeleteAccessKey}. Throws {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, Optional<String> userName, String accessKeyId);

    /** {@code iam:ListAccessKeys}, by key id. Throws {@code NO_SUCH_ENTITY}. */
    Page<UserKey> list(Principal caller, Optional<String> userName, PageRequest page);

    /**
     * {@code iam:GetAccessKeyLastUsed}. The key is decided on {@code *}, since its user is not known before it is looked up. Throws
     * {@code NO_SUCH_ENTITY}.
     */
    Use lastUsed(Principal caller, String accessKeyId);
}
