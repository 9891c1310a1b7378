package org.sallyport.api.iam;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.page.Page;

/** Users. Any thread; blocks for the store. */
@ProviderType
public interface Users {
    /**
     * A user to make.
     *
     * @param name 1 to 64 of letters, digits and {@code _+=,.@-}
     * @param path begins and ends with a slash, at most 512 characters
     * @param boundary ARN of a managed policy
     */
    record NewUser(String name, String path, Optional<String> boundary, List<Tag> tags) {
        public NewUser {
            tags = List.copyOf(tags);
        }

        /** With nothing but a name. */
        public static NewUser named(String name) {
            return new NewUser(name, "/", Optional.empty(), List.of());
        }
    }

    /** {@code iam:CreateUser} (with tags also {@code iam:TagUser}). Throws {@code ENTITY_ALREADY_EXISTS}, {@code LIMIT_EXCEEDED} (5,000), {@code NO_SUCH_ENTITY} for the boundary. */
    User create(Principal caller, NewUser user);

    /**
     * {@code iam:GetUser}.
     *
     * @param name empty for the caller, who then must be a user, or have credentials of one
     */
    User get(Principal caller, Optional<String> name);

    /** {@code iam:UpdateUser}, on both the old and the new ARN. Its id stays, and what hangs on it. Throws {@code NO_SUCH_ENTITY}, {@code ENTITY_ALREADY_EXISTS}. */
    void update(Principal caller, String name, Optional<String> newName, Optional<String> newPath);

    /** {@code iam:DeleteUser}. Throws {@code DELETE_CONFLICT} while it has keys, a login, policies or groups; {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, String name);

    /** {@code iam:ListUsers}, by name; tags are left out, as in AWS. */
    Page<User> list(Principal caller, Listed listed);
}
