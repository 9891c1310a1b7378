package org.sallyport.api.iam;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;

/** Groups and who is in them. Any thread; blocks for the store. */
@ProviderType
public interface Groups {
    /** A group with some of its users. */
    record Members(Group group, Page<User> users) {}

    /** {@code iam:CreateGroup}. Throws {@code ENTITY_ALREADY_EXISTS}, {@code LIMIT_EXCEEDED} (300). */
    Group create(Principal caller, String name, String path);

    /** {@code iam:GetGroup}: the group and its users by name. Throws {@code NO_SUCH_ENTITY}. */
    Members get(Principal caller, String name, PageRequest page);

    /** {@code iam:UpdateGroup}, on both the old and the new ARN. Throws {@code NO_SUCH_ENTITY}, {@code ENTITY_ALREADY_EXISTS}. */
    void update(Principal caller, String name, Optional<String> newName, Optional<String> newPath);

    /** {@code iam:DeleteGroup}. Throws {@code DELETE_CONFLICT} while it has users or policies; {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, String name);

    /** {@code iam:ListGroups}, by name. */
    Page<Group> list(Principal caller, Listed listed);

    /** {@code iam:AddUserToGroup} on the group. Nothing changes when the user is in it. Throws {@code LIMIT_EXCEEDED} (10 groups), {@code NO_SUCH_ENTITY}. */
    void add(Principal caller, String name, String userName);

    /** {@code iam:RemoveUserFromGroup} on the group. Throws {@code NO_SUCH_ENTITY}. */
    void remove(Principal caller, String name, String userName);

    /** {@code iam:ListGroupsForUser} on the user, by name. Throws {@code NO_SUCH_ENTITY}. */
    Page<Group> of(Principal caller, String userName, PageRequest page);
}
