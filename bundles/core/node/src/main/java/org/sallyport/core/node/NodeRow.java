package org.sallyport.core.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeStanding;

/** A node as the tables hold it, without its key. */
record NodeRow(
        String id,
        Optional<String> name,
        String activationId,
        String role,
        Instant registered,
        Optional<Instant> lastPing,
        Optional<NodeReport> report,
        NodeStanding standing) {

    NodeInfo info(boolean connected, Map<String, String> tags) {
        return new NodeInfo(id, name, activationId, role, registered, lastPing, connected, report, tags, standing);
    }
}
