package org.sallyport.core.node;

import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;

/** Who makes nodes act with a role must be allowed to pass it, and it must exist; asked in this order. */
record RoleRule(Decisions decisions, AccessKeys roles) {

    /** @throws SallyportException {@code ACCESS_DENIED}, {@code ROLE_UNKNOWN} */
    void require(Principal caller, String role) {
        String arn = roles.roleArn(role).orElse(null);
        decisions.requirePassRole(caller, role, arn == null ? decisions.roleArn(role) : arn);
        if (arn == null) {
            throw new SallyportException(
                    NodeError.ROLE_UNKNOWN,
                    "There is no role " + NodeText.clean(role) + "; nodes act with SSMServiceRole by default.");
        }
    }
}
