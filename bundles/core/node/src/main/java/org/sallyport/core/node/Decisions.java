package org.sallyport.core.node;

import java.util.List;
import java.util.Map;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;

/** Names things as policies do, from ids as the caller gave them, and asks the decision point. */
record Decisions(DecisionPoint point, ServerAddress address) {
    private static final String SERVICE = "ssm.amazonaws.com";

    /** As policies name nodes: cloud instances are EC2's. */
    String nodeArn(String nodeId) {
        return nodeId.startsWith("i-") ? arn("ec2", "instance/" + nodeId) : arn("ssm", "managed-instance/" + nodeId);
    }

    /** @param type as it stands in the ARN, for instance {@code document} */
    String resourceArn(String type, String id) {
        return arn("ssm", type + "/" + id);
    }

    String settingArn(String settingId) {
        return arn("ssm", "servicesetting" + settingId);
    }

    /** For actions that know no resource. */
    void require(Principal caller, String action) {
        require(caller, action, "*");
    }

    void require(Principal caller, String action, String resource) {
        require(caller, action, resource, Map.of());
    }

    void require(Principal caller, String action, String resource, Map<String, List<String>> context) {
        point.require(new AccessRequest(caller, action, resource, context));
    }

    /** The decision, and then that the caller is this node itself: a heartbeat or a key comes from nobody else. */
    void requireSelf(Principal caller, PrincipalType type, String action, String nodeId) {
        String resource = nodeArn(nodeId);
        require(caller, action, resource);
        if (caller.type() != type || !caller.name().equals(nodeId)) {
            throw denied(caller, action, resource);
        }
    }

    /**
     * Who makes nodes act with a role must be allowed to pass it. The text of the refusal names the role as given, and so is the same for one
     * that does not exist.
     *
     * @param arn the role's, with its path
     */
    void requirePassRole(Principal caller, String roleName, String arn) {
        AccessRequest pass =
                new AccessRequest(caller, "iam:PassRole", arn, Map.of("iam:PassedToService", List.of(SERVICE)));
        point.require(pass, roleArn(roleName));
    }

    /** The ARN of a role without a path, for one that is not known. */
    String roleArn(String roleName) {
        return "arn:aws:iam::" + address.accountId() + ":role/" + roleName;
    }

    private String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + address.region() + ":" + address.accountId() + ":" + resource;
    }

    private static SallyportException denied(Principal caller, String action, String resource) {
        return new SallyportException(
                AccessError.ACCESS_DENIED,
                "User: %s is not authorized to perform: %s on resource: %s".formatted(caller.arn(), action, resource));
    }
}
