package org.sallyport.api.iam;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Instance profiles. Any thread; blocks for the store. */
@ProviderType
public interface InstanceProfiles {
    /** {@code iam:CreateInstanceProfile}. Throws {@code ENTITY_ALREADY_EXISTS}, {@code LIMIT_EXCEEDED} (1,000). */
    InstanceProfile create(Principal caller, String name, String path, List<Tag> tags);

    /** {@code iam:GetInstanceProfile}. Throws {@code NO_SUCH_ENTITY}. */
    InstanceProfile get(Principal caller, String name);

    /** {@code iam:DeleteInstanceProfile}. Throws {@code DELETE_CONFLICT} while it has a role; {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, String name);

    /** {@code iam:ListInstanceProfiles}, by name; tags are left out, as in AWS. */
    Page<InstanceProfile> list(Principal caller, Listed listed);

    /** {@code iam:ListInstanceProfilesForRole} on the role, by name. Throws {@code NO_SUCH_ENTITY}. */
    Page<InstanceProfile> of(Principal caller, String roleName, PageRequest page);

    /** {@code iam:AddRoleToInstanceProfile}, then {@code iam:PassRole} on the role. Throws {@code NO_SUCH_ENTITY}, {@code LIMIT_EXCEEDED} (1). */
    void addRole(Principal caller, String name, String roleName);

    /** {@code iam:RemoveRoleFromInstanceProfile}. Throws {@code NO_SUCH_ENTITY}. */
    void removeRole(Principal caller, String name, String roleName);
}
