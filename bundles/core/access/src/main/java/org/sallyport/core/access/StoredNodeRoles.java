package org.sallyport.core.access;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.RoleTable.Whole;
import org.sallyport.kernel.access.NodeRoles;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** The roles of nodes, from the store; whether they trust the service is for the policy adapter to say. */
@Component(service = NodeRoles.class)
public final class StoredNodeRoles implements NodeRoles {
    private final Transactions transactions;
    private final PolicyDecisionPoint decisions;
    private final Principals names;

    @Activate
    public StoredNodeRoles(
            @Reference Transactions transactions,
            @Reference PolicyDecisionPoint decisions,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, decisions, Principals.of(address));
    }

    StoredNodeRoles(Transactions transactions, PolicyDecisionPoint decisions, Principals names) {
        this.transactions = transactions;
        this.decisions = decisions;
        this.names = names;
    }

    @Override
    public Optional<NodeRole> find(String roleName) {
        return row(roleName).map(this::role);
    }

    @Override
    public Optional<NodeRole> ofInstanceProfile(String profileName) {
        return transactions
                .run(connection -> {
                    Optional<EntityTable.Entity> profile =
                            EntityTable.find(connection, EntityKind.INSTANCE_PROFILE, name(profileName));
                    Optional<String> role = profile.isEmpty()
                            ? Optional.empty()
                            : RoleTable.roleOf(connection, profile.get().id());
                    return role.isEmpty() ? Optional.<Whole>empty() : RoleTable.byId(connection, role.get());
                })
                .filter(row -> trusts(row, INSTANCES) || trusts(row, SERVICE))
                .map(this::role);
    }

    @Override
    public boolean trustsNodes(String roleName) {
        return row(roleName).filter(row -> trusts(row, SERVICE)).isPresent();
    }

    @Override
    public String arn(String roleName) {
        return names.arn(EntityKind.ROLE, "/", roleName);
    }

    private boolean trusts(Whole row, String service) {
        AccessRequest request = new AccessRequest(
                names.service(service), "sts:AssumeRole", role(row).arn());
        return decisions.decided(request, Optional.of(row.trust())).isAllowed();
    }

    private Optional<Whole> row(String roleName) {
        return transactions
                .run(connection -> RoleTable.byName(connection, name(roleName)))
                .filter(row -> roleName.indexOf('/') < 0
                        || path(roleName).equals(row.entity().path()));
    }

    private NodeRole role(Whole row) {
        return new NodeRole(
                row.entity().name(),
                names.arn(EntityKind.ROLE, row.entity().path(), row.entity().name()));
    }

    /** AWS's tools give {@code service-role/Name} for the role of the path {@code /service-role/}. */
    private static String name(String given) {
        return given.substring(given.lastIndexOf('/') + 1);
    }

    private static String path(String given) {
        String path = given.substring(0, given.lastIndexOf('/') + 1);
        return path.startsWith("/") ? path : "/" + path;
    }
}
