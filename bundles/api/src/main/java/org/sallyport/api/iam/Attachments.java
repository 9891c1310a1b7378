package org.sallyport.api.iam;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;

/**
 * Which managed policies a user, group or role has. The actions are {@code iam:AttachUserPolicy}, {@code iam:AttachGroupPolicy},
 * {@code iam:AttachRolePolicy} and their kind, on the owner's ARN, with the key {@code iam:PolicyARN}. Any thread; blocks for the store.
 */
@ProviderType
public interface Attachments {
    /**
     * What has a policy.
     *
     * @param id its unique id
     */
    record Entity(EntityKind kind, String name, String id) {}

    /**
     * What of a policy's use is wanted.
     *
     * @param kind only of this kind, if given
     */
    record Used(String policyArn, Optional<EntityKind> kind, Optional<ManagedPolicies.Usage> usage, Listed listed) {}

    /** Attaches; nothing changes when it is. Throws {@code NO_SUCH_ENTITY}, {@code LIMIT_EXCEEDED} (10), {@code VALIDATION_ERROR} for what is no ARN of a policy. */
    void attach(Principal caller, Owner owner, String policyArn);

    /** Detaches. Throws {@code NO_SUCH_ENTITY} when it is not attached. */
    void detach(Principal caller, Owner owner, String policyArn);

    /** {@code iam:ListAttachedUserPolicies} and its kind, by name. Throws {@code NO_SUCH_ENTITY}. */
    Page<AttachedPolicy> list(Principal caller, Owner owner, Listed listed);

    /** {@code iam:ListEntitiesForPolicy} on the policy: groups, then roles, then users, each by name. Throws {@code NO_SUCH_ENTITY}. */
    Page<Entity> entities(Principal caller, Used used);
}
