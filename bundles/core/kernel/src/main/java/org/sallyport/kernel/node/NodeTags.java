package org.sallyport.kernel.node;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tags of nodes, for the keys {@code ssm:resourceTag/…} and {@code aws:ResourceTag/…} of a decision. Provided by core/node, asked by core/session
 * before it decides. Any thread, outside of transactions; blocks for a look-up in the store.
 */
@ProviderType
public interface NodeTags {
    /** The node's tags now; none for a node that does not exist. */
    Map<String, String> tags(String nodeId);

    /** A number that is another one after each change of any node's tags, on whichever server it was made. */
    long version();
}
