package org.sallyport.core.node;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.session.NodeSessions;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/**
 * Takes a node out, in steps that may each be done again: its row says that it leaves, so that it gets nothing new; its credentials are void;
 * its sessions end, told over the control channel; the channel is closed; the row goes.
 */
@Component(service = Leaving.class)
public final class Leaving {
    private static final String TEXT = "The node was deregistered.";

    private final Transactions transactions;
    private final AccessKeys keys;
    private final TagsHeard tags;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile NodeSessions sessions;

    /** Absent, no channel is open. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Relay relay;

    @Activate
    public Leaving(
            @Reference Transactions transactions,
            @Reference AccessKeys keys,
            @Reference TagsHeard tags,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(transactions, keys, tags);
    }

    Leaving(Transactions transactions, AccessKeys keys, TagsHeard tags) {
        this.transactions = transactions;
        this.keys = keys;
        this.tags = tags;
    }

    /** The first step; false when there is no such node, or it leaves already. */
    boolean begin(String nodeId) {
        return transactions.run(connection -> Sql.update(
                        connection,
                        "UPDATE managed_node SET state = 'LEAVING', control_token = NULL WHERE id = ? AND state <> 'LEAVING'",
                        nodeId))
                > 0;
    }

    /** The other steps. @throws SallyportException {@code SERVICE_AWAY}: to be done again later */
    void finish(String nodeId) {
        keys.revokeNode(nodeId);
        NodeSessions engine = sessions;
        if (engine == null) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "The session engine is not there at the moment.");
        }
        engine.endOfNode(nodeId, EndCause.NODE_REMOVED, TEXT);
        closeChannel(nodeId);
        transactions.run(connection -> {
            Sql.update(connection, "DELETE FROM managed_node_tag WHERE node_id = ?", nodeId);
            return Sql.update(connection, "DELETE FROM managed_node WHERE id = ? AND state = 'LEAVING'", nodeId);
        });
        tags.changed(nodeId);
    }

    /** Nodes that leave; at most 100. */
    List<String> under() {
        return transactions.run(connection -> Sql.all(
                connection,
                "SELECT id FROM managed_node WHERE state = 'LEAVING' ORDER BY id LIMIT 100",
                row -> row.getString(1)));
    }

    void closeChannel(String nodeId) {
        Relay holding = relay;
        if (holding != null) {
            holding.dropNode(nodeId);
        }
    }
}
