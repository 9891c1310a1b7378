package org.sallyport.core.access;

import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;

/** Names principals as this server's account does. */
record Principals(String accountId, String region) {

    static Principals of(ServerAddress address) {
        return new Principals(address.accountId(), address.region());
    }

    Principal user(User user) {
        String arn = "arn:aws:iam::" + accountId + ":user" + user.path() + user.name();
        return new Principal(accountId, PrincipalType.USER, user.id(), user.name(), arn);
    }

    /** The ARN of a user's name as a caller gives it, before anything is looked up. */
    String userArn(String name) {
        return "arn:aws:iam::" + accountId + ":user/" + name;
    }

    Principal node(Role role, String nodeId) {
        String arn = "arn:aws:sts::" + accountId + ":assumed-role/" + role.name() + "/" + nodeId;
        return new Principal(accountId, PrincipalType.NODE, role.id() + ":" + nodeId, nodeId, arn);
    }

    Principal nodeKey(String nodeId) {
        String arn = "arn:aws:ssm:" + region + ":" + accountId + ":managed-instance/" + nodeId;
        return new Principal(accountId, PrincipalType.NODE_KEY, nodeId, nodeId, arn);
    }

    String roleArn(Role role) {
        return "arn:aws:iam::" + accountId + ":role" + role.path() + role.name();
    }

    /** Id that the policies of a principal are attached to: the user's, or the role's without the node's id. */
    static String policyOwner(Principal principal) {
        int colon = principal.id().indexOf(':');
        return colon < 0 ? principal.id() : principal.id().substring(0, colon);
    }
}
