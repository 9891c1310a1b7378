package org.sallyport.core.access;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.node.NodeTags;

/** Tells the tags of the node that is asked for: {@code ssm:resourceTag/…} and {@code aws:ResourceTag/…}. */
final class NodeResources {
    private static final Pattern NODE = Pattern.compile(
            "arn:aws:(?:ssm:[^:]*:[^:]*:managed-instance|ec2:[^:]*:[^:]*:instance)/([A-Za-z0-9_-]{1,128})");

    private NodeResources() {}

    /**
     * The request with the tags that the node has; with no others, whatever was given.
     *
     * @param tags null while core/node is away
     * @throws SallyportException {@code SERVICE_AWAY} when the tags of a node cannot be had
     */
    static AccessRequest tagged(AccessRequest request, NodeTags tags) {
        Optional<String> nodeId = nodeId(request.resource());
        if (nodeId.isEmpty()) {
            return request;
        }
        if (tags == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, "The tags of nodes cannot be read now, so nothing is decided on a node.");
        }
        Map<String, List<String>> context = new HashMap<>(request.context());
        context.keySet().removeIf(NodeResources::isTag);
        tags.of(nodeId.get()).forEach((key, value) -> {
            context.put("ssm:resourceTag/" + key, List.of(value));
            context.put("aws:ResourceTag/" + key, List.of(value));
        });
        return new AccessRequest(request.principal(), request.action(), request.resource(), context);
    }

    static Optional<String> nodeId(String arn) {
        Matcher node = NODE.matcher(arn);
        return node.matches() ? Optional.of(node.group(1)) : Optional.empty();
    }

    private static boolean isTag(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.startsWith("ssm:resourcetag/") || lower.startsWith("aws:resourcetag/");
    }
}
