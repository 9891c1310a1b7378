package org.sallyport.kernel.relay;

import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.protocol.message.AgentMessage;

/** Takes what nodes say on their control channels. Provided by core/session; called by core/relay on a worker thread, in order for each node. */
@ProviderType
public interface ControlMessages {

    /** A valid message from a node; unknown types are ignored. The payload is hostile. */
    void fromNode(String nodeId, AgentMessage message);

    /** The node's control channel opened; sessions that it should not run any more are ended there. */
    void nodeConnected(String nodeId);
}
