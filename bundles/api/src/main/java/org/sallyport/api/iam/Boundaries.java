package org.sallyport.api.iam;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;

/**
 * Permissions boundaries of users and roles. The actions are {@code iam:PutUserPermissionsBoundary}, {@code iam:PutRolePermissionsBoundary} and
 * their {@code Delete}, with the key {@code iam:PermissionsBoundary}. Any thread; blocks for the store.
 */
@ProviderType
public interface Boundaries {
    /** Sets it. Throws {@code NO_SUCH_ENTITY}, {@code INVALID_INPUT} for a group. */
    void put(Principal caller, Owner owner, String policyArn);

    /** Takes it away. Throws {@code NO_SUCH_ENTITY}, {@code INVALID_INPUT} for a group. */
    void delete(Principal caller, Owner owner);
}
