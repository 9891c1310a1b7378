package org.sallyport.kernel.node;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears that the tags of a node are others now. Register it as a service; core/node calls all there are after the commit, on the thread of who
 * changed them: an implementation hands on what takes long. It hears of changes made by this server only.
 */
@ConsumerType
@FunctionalInterface
public interface NodeTagsListener {

    /** The node's tags changed, or the node is gone. */
    void tagsChanged(String nodeId);
}
