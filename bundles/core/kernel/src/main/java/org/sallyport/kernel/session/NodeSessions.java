package org.sallyport.kernel.session;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.session.EndCause;

/**
 * The sessions of nodes, for core/node, which ends them when a node is removed or its tier allows none. Provided by core/session. Any thread,
 * outside of transactions; blocks for the store.
 */
@ProviderType
public interface NodeSessions {

    /**
     * Ends all sessions of a node that are not over.
     *
     * @param detail what their people read
     * @return how many
     */
    int endOfNode(String nodeId, EndCause cause, String detail);

    /** Ids of the nodes that have sessions which are not over. */
    Set<String> nodesInUse();
}
