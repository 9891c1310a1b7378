package org.sallyport.kernel.node;

import java.util.Collection;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tags of managed nodes, for decisions on {@code ssm:resourceTag/…}. Provided by core/node, which needs nothing but the store for it, so
 * the decision point may wait for it. Who must see changes made on other servers asks again for the nodes that matter to it. Any thread; blocks for one look-up in the store. Throws {@code SERVICE_AWAY} while the store is away.
 */
@ProviderType
public interface NodeTags {

    /** The tags of a node by their keys, at most 50; empty for an id that is not known or none at all. */
    Map<String, String> of(String nodeId);

    /** The tags of several nodes, at most 1,000, with one look-up; a node without tags is left out. */
    Map<String, Map<String, String>> of(Collection<String> nodeIds);
}
