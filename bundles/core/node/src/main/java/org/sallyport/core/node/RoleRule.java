package org.sallyport.core.node;

import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.access.NodeRoles.NodeRole;

/** Who makes nodes act with a role must be allowed to pass it, and it must exist and trust the service; asked in this order. */
record RoleRule(Decisions decisions, NodeRoles roles) {

    /** @throws SallyportException {@code ACCESS_DENIED}, {@code ROLE_UNKNOWN} */
    void require(Principal caller, String role) {
        String arn = roles.find(role).map(NodeRole::arn).orElse(null);
        decisions.requirePassRole(caller, role, arn == null ? decisions.roleArn(role) : arn);
        if (arn == null) {
            throw new SallyportException(
                    NodeError.ROLE_UNKNOWN,
                    "There is no role " + NodeText.clean(role) + "; nodes act with SSMServiceRole by default.");
        }
        if (!roles.trustsNodes(role)) {
            throw new SallyportException(
                    NodeError.ROLE_UNKNOWN,
                    "The role %s cannot be a node's: let its trust policy allow %s to call sts:AssumeRole."
                            .formatted(NodeText.clean(role), NodeRoles.SERVICE));
        }
    }
}
