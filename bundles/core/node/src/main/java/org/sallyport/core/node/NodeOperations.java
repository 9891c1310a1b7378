package org.sallyport.core.node;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeLife;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people do with nodes. */
@Component(service = NodeLife.class)
public final class NodeOperations implements NodeLife {
    private static final Logger LOG = LoggerFactory.getLogger(NodeOperations.class);
    private static final String DECIDE_MACHINE = "sallyport:DecideManagedInstanceMachine";

    private final Decisions decisions;
    private final RoleRule roles;
    private final AccessKeys keys;
    private final Transactions transactions;
    private final Machines machines;
    private final Leaving leaving;
    private final EventsHeard heard;
    private final Clock clock;

    @Activate
    public NodeOperations(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference AccessKeys keys,
            @Reference NodeRoles nodeRoles,
            @Reference Leaving leaving,
            @Reference EventsHeard heard,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new Decisions(decisionPoint, address), keys, nodeRoles, leaving, heard, transactions, Clock.systemUTC());
    }

    NodeOperations(
            Decisions decisions,
            AccessKeys keys,
            NodeRoles nodeRoles,
            Leaving leaving,
            EventsHeard heard,
            Transactions transactions,
            Clock clock) {
        this.decisions = decisions;
        this.roles = new RoleRule(decisions, nodeRoles);
        this.keys = keys;
        this.transactions = transactions;
        this.machines = new Machines(transactions, heard, clock);
        this.leaving = leaving;
        this.heard = heard;
        this.clock = clock;
    }

    @Override
    public void deregister(Principal caller, String nodeId) {
        decisions.require(caller, "ssm:DeregisterManagedInstance", decisions.nodeArn(nodeId));
        if (!NodeIds.valid(nodeId) || !leaving.begin(nodeId)) {
            throw ManagedNodes.unknown(nodeId);
        }
        tell(Kind.DEREGISTERED, caller, nodeId, Map.of());
        try {
            leaving.finish(nodeId);
        } catch (SallyportException e) {
            LOG.warn("node {} is deregistered; what it had is ended later: {}", nodeId, e.getMessage());
        }
    }

    @Override
    public void changeRole(Principal caller, String nodeId, String role) {
        decisions.require(caller, "ssm:UpdateManagedInstanceRole", decisions.nodeArn(nodeId));
        roles.require(caller, role);
        requireChanged(
                nodeId,
                "UPDATE managed_node SET role_name = ?, default_role = FALSE WHERE id = ? AND state <> 'LEAVING'",
                role,
                nodeId);
        tell(Kind.ROLE_CHANGED, caller, nodeId, Map.of("role", role));
    }

    @Override
    public void approve(Principal caller, String nodeId) {
        decisions.require(caller, "sallyport:ApproveManagedInstance", decisions.nodeArn(nodeId));
        boolean waited = transactions.run(connection -> {
            if (!NodeIds.valid(nodeId) || !NodeTable.lock(connection, nodeId)) {
                throw ManagedNodes.unknown(nodeId);
            }
            return Sql.update(
                            connection,
                            "UPDATE managed_node SET state = 'ACTIVE' WHERE id = ? AND state = 'PENDING'",
                            nodeId)
                    > 0;
        });
        if (waited) {
            tell(Kind.APPROVED, caller, nodeId, Map.of());
        }
    }

    @Override
    public void acceptMachine(Principal caller, String nodeId, String fingerprint) {
        decisions.require(caller, DECIDE_MACHINE, decisions.nodeArn(nodeId));
        machines.accept(caller, nodeId, fingerprint);
        keys.revokeNode(nodeId);
        leaving.closeChannel(nodeId);
    }

    @Override
    public void refuseMachine(Principal caller, String nodeId, String fingerprint) {
        decisions.require(caller, DECIDE_MACHINE, decisions.nodeArn(nodeId));
        machines.refuse(caller, nodeId, fingerprint);
    }

    private void requireChanged(String nodeId, String sql, Object... values) {
        if (!NodeIds.valid(nodeId) || transactions.run(connection -> Sql.update(connection, sql, values)) == 0) {
            throw ManagedNodes.unknown(nodeId);
        }
    }

    private void tell(Kind kind, Principal by, String nodeId, Map<String, String> details) {
        heard.happened(new NodeEvent(kind, clock.instant(), Optional.of(by), nodeId, "", details));
    }
}
