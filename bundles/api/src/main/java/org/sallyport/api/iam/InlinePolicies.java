package org.sallyport.api.iam;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/**
 * Policies in line in a user, group or role. The actions are {@code iam:PutUserPolicy}, {@code iam:PutGroupPolicy}, {@code iam:PutRolePolicy} and
 * their kind, on the owner's ARN. Any thread; blocks for the store and the policy adapter.
 */
@ProviderType
public interface InlinePolicies {
    /** Makes or replaces. Throws {@code NO_SUCH_ENTITY}, {@code MALFORMED_POLICY_DOCUMENT}, {@code LIMIT_EXCEEDED} (2,048 characters of a user's together, 5,120 of a group's, 10,240 of a role's). */
    void put(Principal caller, Owner owner, String policyName, String document);

    /** The document as stored. Throws {@code NO_SUCH_ENTITY}. */
    String get(Principal caller, Owner owner, String policyName);

    /** Deletes. Throws {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, Owner owner, String policyName);

    /** Names, sorted. Throws {@code NO_SUCH_ENTITY}. */
    Page<String> list(Principal caller, Owner owner, PageRequest page);
}
