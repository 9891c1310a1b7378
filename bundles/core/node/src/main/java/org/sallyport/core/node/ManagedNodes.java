package org.sallyport.core.node;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeStanding.State;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.node.NodeTable.Proof;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** The managed nodes from their tables; whether one is connected comes from the relay, which holds the sockets. */
@Component(service = Nodes.class)
public final class ManagedNodes implements Nodes {
    private static final Duration CREDENTIALS_LIFE = Duration.ofHours(1);

    private final Decisions decisions;
    private final AccessKeys keys;
    private final NodeTable table;
    private final NodeList list;
    private final SettingTable settings;
    private final Registrar registrar;
    private final ProvenNodes proven;
    private final Machines machines;
    private final Clock clock;

    /** Absent, no control channel is open and every node counts as not connected. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Relay relay;

    @Activate
    public ManagedNodes(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference AccessKeys keys,
            @Reference NodeRoles roles,
            @Reference AdmissionCalls admissions,
            @Reference ProofCalls proofs,
            @Reference ActivationTiers tiers,
            @Reference EventsHeard heard,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(
                new Decisions(decisionPoint, address),
                keys,
                roles,
                admissions,
                proofs,
                tiers,
                heard,
                transactions,
                Clock.systemUTC());
    }

    ManagedNodes(
            Decisions decisions,
            AccessKeys keys,
            NodeRoles roles,
            AdmissionCalls admissions,
            ProofCalls proofs,
            ActivationTiers tiers,
            EventsHeard heard,
            Transactions transactions,
            Clock clock) {
        this.decisions = decisions;
        this.keys = keys;
        this.table = new NodeTable(transactions);
        this.list = new NodeList(transactions);
        this.settings = new SettingTable(transactions);
        this.proven = new ProvenNodes(proofs, keys, roles, settings, this::closeChannel);
        this.registrar = new Registrar(table, tiers, admissions, proven, heard, clock);
        this.machines = new Machines(transactions, heard, clock);
        this.clock = clock;
    }

    @Override
    public String register(Registration registration) {
        return registrar.register(registration);
    }

    @Override
    public TemporaryCredentials roleCredentials(Principal nodeKey, String fingerprint, String sourceAddress) {
        String nodeId = nodeKey.name();
        decisions.requireSelf(nodeKey, PrincipalType.NODE_KEY, "ssm:RequestManagedInstanceRoleToken", nodeId);
        Proof proof = valid(nodeId).flatMap(table::proof).orElseThrow(() -> unknown(nodeId));
        machines.require(nodeId, proof, fingerprint, sourceAddress);
        if (proof.state() == State.PENDING) {
            throw new SallyportException(
                    NodeError.NODE_PENDING,
                    "Node " + nodeId + " waits for approval: an operator must let it in, in the console under managed"
                            + " nodes. It comes in by itself then.");
        }
        return keys.issueForNode(role(nodeId, proof), nodeId, CREDENTIALS_LIFE);
    }

    /** Who has no role of its own follows the account's: what is set now counts, not what was when the node came. */
    private String role(String nodeId, Proof proof) {
        if (!proof.defaultRole()) {
            return proven.acting(proof.role());
        }
        return settings.defaultRole()
                .orElseThrow(() -> new SallyportException(
                        AccessError.ACCESS_DENIED,
                        "Node " + nodeId + " has no role of its own, and the account has no default role any more; set "
                                + ServiceSettings.DEFAULT_ROLE + ", or give the node a role."));
    }

    @Override
    public void rotateKey(Principal nodeKey, String publicKey, String publicKeyType) {
        String nodeId = nodeKey.name();
        decisions.requireSelf(nodeKey, PrincipalType.NODE_KEY, "ssm:UpdateManagedInstancePublicKey", nodeId);
        String text = PublicKeys.text(PublicKeys.parse(publicKeyType, publicKey));
        if (!NodeIds.valid(nodeId) || !table.changeKey(nodeId, text)) {
            throw unknown(nodeId);
        }
    }

    @Override
    public void heartbeat(Principal caller, String nodeId, NodeReport report) {
        decisions.requireSelf(caller, PrincipalType.NODE, "ssm:UpdateInstanceInformation", nodeId);
        if (!NodeIds.valid(nodeId) || !table.report(nodeId, report, clock.instant())) {
            throw unknown(nodeId);
        }
    }

    @Override
    public Page<NodeInfo> list(Principal caller, List<Filter> filters, PageRequest page) {
        decisions.require(caller, "ssm:DescribeInstanceInformation");
        return list.page(NodeFilters.of(filters), page, this::online, clock.instant());
    }

    @Override
    public Page<NodeInfo> properties(Principal caller, List<Filter> filters, PageRequest page) {
        decisions.require(caller, "ssm:DescribeInstanceProperties");
        NodeFilters wanted = NodeFilters.of(filters, NodeError.PROPERTY_FILTER_VALUE);
        return list.page(wanted, page, this::online, clock.instant());
    }

    @Override
    public boolean connected(Principal caller, String nodeId) {
        decisions.require(caller, "ssm:GetConnectionStatus", decisions.nodeArn(nodeId));
        return NodeIds.valid(nodeId) && online(nodeId);
    }

    @Override
    public Optional<NodeInfo> find(String nodeId) {
        return valid(nodeId).flatMap(id -> list.find(id, this::online));
    }

    private void closeChannel(String nodeId) {
        Relay holding = relay;
        if (holding != null) {
            holding.dropNode(nodeId);
        }
    }

    private boolean online(String nodeId) {
        Relay holding = relay;
        return holding != null && holding.connected(nodeId);
    }

    private static Optional<String> valid(String nodeId) {
        return Optional.ofNullable(nodeId).filter(NodeIds::valid);
    }

    static SallyportException unknown(String nodeId) {
        return new SallyportException(
                NodeError.NODE_UNKNOWN,
                "There is no managed node " + NodeText.clean(nodeId) + "; it was removed or never registered.");
    }
}
