package org.sallyport.core.node;

import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.access.NodeRoles.NodeRole;

/** Who makes nodes act with a role must be allowed to pass it, it must exist, and it must trust nodes; asked in this order. */
record RoleRule(Decisions decisions, NodeRoles roles) {

    /** @throws SallyportException {@code ACCESS_DENIED}, {@code ROLE_UNKNOWN} */
    void require(Principal caller, String role) {
        Optional<NodeRole> known = roles.find(role);
        String named = roles.arn(role);
        decisions.requirePassRole(caller, known.map(NodeRole::arn).orElse(named), named);
        if (known.isEmpty()) {
            throw new SallyportException(
                    NodeError.ROLE_UNKNOWN,
                    "There is no role " + NodeText.clean(role) + "; nodes act with SSMServiceRole by default.");
        }
        if (!roles.trustsNodes(role)) {
            throw new SallyportException(
                    NodeError.ROLE_UNKNOWN,
                    "The role " + NodeText.clean(role) + " is none for nodes: its trust policy must let "
                            + NodeRoles.SERVICE + " assume it.");
        }
    }
}
