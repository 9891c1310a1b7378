package org.sallyport.kernel.node;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;

/**
 * Tokens and presence of control channels (node-agent specification, section 5). Provided by core/node, called by core/relay on its worker
 * threads.
 */
@ProviderType
public interface NodeChannels {

    /**
     * CreateControlChannel: decision first ({@code ssmmessages:CreateControlChannel}), then a one-use token that lives 60 s.
     *
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED}, {@code NODE_UNKNOWN}
     */
    String createControlChannel(Principal node, String nodeId);

    /**
     * An OpenControlChannel message.
     *
     * @param agentVersion as the node says, hostile text
     * @param sourceAddress where the connection comes from
     * @param older where the node's channel that is open already comes from; empty when there is none
     */
    record Opening(String nodeId, String token, String agentVersion, String sourceAddress, Optional<String> older) {}

    /**
     * Takes the token of an OpenControlChannel message. True once for each token; false also when the node has a channel from another address
     * and the operator's policy is that the older one serves.
     */
    boolean opened(Opening opening);

    /** The node's last control channel is gone. */
    void closed(String nodeId);

    /** A sign of life (ping) on the control channel; at most one a minute is written down. */
    void alive(String nodeId);
}
