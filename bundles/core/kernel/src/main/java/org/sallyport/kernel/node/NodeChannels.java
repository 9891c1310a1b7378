package org.sallyport.kernel.node;

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
     * Takes the token of an OpenControlChannel message. True once for each token.
     *
     * @param agentVersion as the node says, hostile text
     */
    boolean opened(String nodeId, String token, String agentVersion);

    /** The node's last control channel is gone. */
    void closed(String nodeId);

    /** A sign of life (ping) on the control channel; at most one a minute is written down. */
    void alive(String nodeId);
}
