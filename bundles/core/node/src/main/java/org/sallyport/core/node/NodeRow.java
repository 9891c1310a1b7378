package org.sallyport.core.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;

/** A node as the tables hold it, without its key. */
record NodeRow(
        String id,
        Optional<String> name,
        String activationId,
        String role,
        Instant registered,
        Optional<Instant> lastPing,
        Optional<NodeReport> report) {

    NodeInfo info(boolean connected, Map<String, String> tags) {
        return new NodeInfo(id, name, activationId, role, registered, lastPing, connected, report, tags);
    }
}
