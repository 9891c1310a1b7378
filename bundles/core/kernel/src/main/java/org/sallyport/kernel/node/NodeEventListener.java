package org.sallyport.kernel.node;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what happens to nodes and activations. Register it as a service; core/node calls all there are after the commit, on the thread of
 * whoever caused it: an implementation hands on what takes long. A failure is logged and changes nothing.
 */
@ConsumerType
@FunctionalInterface
public interface NodeEventListener {

    void happened(NodeEvent event);
}
