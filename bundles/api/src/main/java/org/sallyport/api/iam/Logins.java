package org.sallyport.api.iam;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;

/** Passwords of users for the console. The identity provider of the local realm keeps them. Any thread; blocks for the store and the provider. */
@ProviderType
public interface Logins {
    /** {@code iam:CreateLoginProfile}. Throws {@code ENTITY_ALREADY_EXISTS} when there is one, {@code NO_SUCH_ENTITY}, {@code PASSWORD_POLICY_VIOLATION}. */
    Instant create(Principal caller, String userName, char[] password);

    /** {@code iam:GetLoginProfile}: when it was made. Throws {@code NO_SUCH_ENTITY}. */
    Instant get(Principal caller, String userName);

    /** {@code iam:UpdateLoginProfile}: another password; ends the user's web sessions. Throws {@code NO_SUCH_ENTITY}, {@code PASSWORD_POLICY_VIOLATION}. */
    void update(Principal caller, String userName, char[] password);

    /** {@code iam:DeleteLoginProfile}: the user cannot sign in any more; ends its web sessions. Throws {@code NO_SUCH_ENTITY}. */
    void delete(Principal caller, String userName);
}
