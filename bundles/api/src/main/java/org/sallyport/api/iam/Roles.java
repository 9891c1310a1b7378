package org.sallyport.api.iam;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;

/** Roles. Any thread; blocks for the store and the policy adapter. */
@ProviderType
public interface Roles {
    /**
     * A role to make.
     *
     * @param name 1 to 64 of letters, digits and {@code _+=,.@-}
     * @param trust its trust policy, JSON text
     * @param description at most 1,000 characters, empty text for none
     * @param longestSession 1 to 12 hours, 1 hour when empty
     */
    record NewRole(
            String name,
            String path,
            String trust,
            String description,
            Optional<Duration> longestSession,
            Optional<String> boundary,
            List<Tag> tags) {
        public NewRole {
            tags = List.copyOf(tags);
        }

        /** With nothing but a name and a trust policy. */
        public static NewRole named(String name, String trust) {
            return new NewRole(name, "/", trust, "", Optional.empty(), Optional.empty(), List.of());
        }
    }

    /** {@code iam:CreateRole}. Throws {@code ENTITY_ALREADY_EXISTS}, {@code MALFORMED_POLICY_DOCUMENT}, {@code LIMIT_EXCEEDED} (1,000). */
    Role create(Principal caller, NewRole role);

    /** {@code iam:GetRole}. Throws {@code NO_SUCH_ENTITY}. */
    Role get(Principal caller, String name);

    /** {@code iam:UpdateRole}; what is empty stays. Throws {@code NO_SUCH_ENTITY}. */
    void update(Principal caller, String name, Optional<String> description, Optional<Duration> longestSession);

    /** {@code iam:UpdateRoleDescription}. Throws {@code NO_SUCH_ENTITY}. */
    Role updateDescription(Principal caller, String name, String description);

    /** {@code iam:UpdateAssumeRolePolicy}. Throws {@code NO_SUCH_ENTITY}, {@code MALFORMED_POLICY_DOCUMENT}. */
    void updateTrust(Principal caller, String name, String trust);

    /** {@code iam:DeleteRole}; its sessions are over. Throws {@code DELETE_CONFLICT} while it has policies or is in an instance profile; {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, String name);

    /** {@code iam:ListRoles}, by name; tags, boundary and last use are left out, as in AWS. */
    Page<Role> list(Principal caller, Listed listed);
}
