package org.sallyport.core.access;

import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;

/** Names principals, and what IAM keeps, as this server's account does. */
record Principals(String accountId, String region) {
    private static final String MANAGED = "aws";

    static Principals of(ServerAddress address) {
        return new Principals(address.accountId(), address.region());
    }

    /** A managed policy's name in an ARN; {@code builtIn}: of the account {@code aws}. */
    record PolicyName(boolean builtIn, String path, String name) {}

    Principal user(User user) {
        return new Principal(
                accountId, PrincipalType.USER, user.id(), user.name(), arn(EntityKind.USER, user.path(), user.name()));
    }

    Principal roleSession(Role role, String sessionName) {
        return assumed(PrincipalType.ROLE, role, sessionName);
    }

    Principal node(Role role, String nodeId) {
        return assumed(PrincipalType.NODE, role, nodeId);
    }

    Principal nodeKey(String nodeId) {
        String arn = "arn:aws:ssm:" + region + ":" + accountId + ":managed-instance/" + nodeId;
        return new Principal(accountId, PrincipalType.NODE_KEY, nodeId, nodeId, arn);
    }

    /** A service that a role may trust. */
    Principal service(String name) {
        return new Principal(accountId, PrincipalType.SERVICE, name, name, name);
    }

    String roleArn(Role role) {
        return arn(EntityKind.ROLE, role.path(), role.name());
    }

    /** The ARN of a user's name as a caller gives it, before anything is looked up. */
    String userArn(String name) {
        return arn(EntityKind.USER, "/", name);
    }

    String arn(EntityKind kind, String path, String name) {
        return "arn:aws:iam::" + accountId + ":" + type(kind) + path + name;
    }

    String builtInArn(String name) {
        return "arn:aws:iam::" + MANAGED + ":policy/" + name;
    }

    String decisionArn(String reference) {
        return "arn:aws:sallyport:" + region + ":" + accountId + ":decision/" + reference;
    }

    /** Empty for what is no ARN of a policy of this account or of the server. */
    Optional<PolicyName> policy(String arn) {
        String[] parts = arn.split(":", 6);
        boolean ours = parts.length == 6
                && arn.startsWith("arn:aws:iam::")
                && (parts[4].equals(accountId) || parts[4].equals(MANAGED))
                && parts[5].startsWith("policy/");
        if (!ours) {
            return Optional.empty();
        }
        int slash = parts[5].lastIndexOf('/');
        return Optional.of(new PolicyName(
                parts[4].equals(MANAGED),
                parts[5].substring("policy".length(), slash + 1),
                parts[5].substring(slash + 1)));
    }

    /** Id that the policies of a principal are attached to: the user's, or the role's without the session's name. */
    static String policyOwner(Principal principal) {
        int colon = principal.id().indexOf(':');
        return colon < 0 ? principal.id() : principal.id().substring(0, colon);
    }

    private Principal assumed(PrincipalType type, Role role, String sessionName) {
        String arn = "arn:aws:sts::" + accountId + ":assumed-role/" + role.name() + "/" + sessionName;
        return new Principal(accountId, type, role.id() + ":" + sessionName, sessionName, arn);
    }

    private static String type(EntityKind kind) {
        return switch (kind) {
            case USER -> "user";
            case GROUP -> "group";
            case ROLE -> "role";
            case POLICY -> "policy";
            case INSTANCE_PROFILE -> "instance-profile";
        };
    }
}
