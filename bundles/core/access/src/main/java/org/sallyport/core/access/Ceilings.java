package org.sallyport.core.access;

import java.util.EnumSet;
import java.util.Set;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;

/**
 * What no policy can lift: a node acts for itself and as a node only. Actions are compared without case, as IAM does; node ids exactly.
 */
final class Ceilings {
    private static final Set<String> NODE_ACTIONS = Set.of(
            "ssm:updateinstanceinformation",
            "ssm:listinstanceassociations",
            "ssmmessages:createcontrolchannel",
            "ssmmessages:opencontrolchannel",
            "ssmmessages:createdatachannel",
            "ssmmessages:opendatachannel",
            "sts:getcalleridentity");
    private static final Set<PrincipalType> PEOPLE_AND_NODES =
            EnumSet.of(PrincipalType.USER, PrincipalType.ROLE, PrincipalType.NODE);
    private static final Set<String> ASSUMING_ACTIONS =
            Set.of("sts:assumerole", "sts:assumerolewithwebidentity", "sts:tagsession", "sts:setsourceidentity");

    private static final String NODE_ACTION_PREFIX = "ec2messages:";
    private static final Set<String> NODE_KEY_ACTIONS =
            Set.of("ssm:requestmanagedinstanceroletoken", "ssm:updatemanagedinstancepublickey");

    /** Types of resources whose id is a node's. */
    private static final Set<String> NODE_TYPES = Set.of("managed-instance", "instance", "control-channel");

    /** Types of resources that a node may name and that are bound to it elsewhere, by their token and target. */
    private static final Set<String> SESSION_TYPES = Set.of("session", "data-channel");

    private Ceilings() {}

    /** What everybody may who proved who he is: ask that. */
    static boolean everybodys(AccessRequest request) {
        return Actions.key(request.action()).equals(Actions.GET_CALLER_IDENTITY)
                && PEOPLE_AND_NODES.contains(request.principal().type());
    }

    /**
     * @param assuming whether a role's trust policy is asked as well
     * @param lifted names of roles whose nodes are not kept to themselves
     */
    static boolean permit(AccessRequest request, boolean assuming, Set<String> lifted) {
        Principal principal = request.principal();
        String action = Actions.key(request.action());
        return switch (principal.type()) {
            case USER, ROLE -> !principal.credential().limited() || permitLimited(action);
            case NODE ->
                lifted.contains(Part.of(principal.arn()).id().replaceFirst("/.*", ""))
                        || (NODE_ACTIONS.contains(action) || action.startsWith(NODE_ACTION_PREFIX))
                                && fitsNode(request.resource(), principal.name());
            case NODE_KEY -> NODE_KEY_ACTIONS.contains(action) && isOwn(request.resource(), principal.name());
            // both have no policies of their own: what they ask for is a role that trusts them
            case WEB_IDENTITY, SERVICE -> assuming && ASSUMING_ACTIONS.contains(action);
        };
    }

    /** AWS's rule for a session token that was given without a second factor. */
    private static boolean permitLimited(String action) {
        return !action.startsWith("iam:") && (!action.startsWith("sts:") || action.equals("sts:assumerole"));
    }

    private static boolean fitsNode(String resource, String nodeId) {
        return resource.equals("*")
                || isOwn(resource, nodeId)
                || SESSION_TYPES.contains(Part.of(resource).type());
    }

    private static boolean isOwn(String resource, String nodeId) {
        Part part = Part.of(resource);
        return NODE_TYPES.contains(part.type()) && part.id().equals(nodeId);
    }

    /** The last part of an ARN, {@code type/id}; empty texts for anything else. */
    private record Part(String type, String id) {
        static Part of(String arn) {
            String[] fields = arn.split(":", 6);
            int slash = fields.length == 6 && fields[0].equals("arn") ? fields[5].indexOf('/') : -1;
            return slash < 0
                    ? new Part("", "")
                    : new Part(fields[5].substring(0, slash), fields[5].substring(slash + 1));
        }
    }
}
