package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.core.access.IamCore.Target;
import org.sallyport.core.access.RoleTable.Whole;
import org.sallyport.spi.access.PolicyKind;

/** Roles in the store. */
@Component(service = Roles.class)
public final class StoredRoles implements Roles {

    static final int MOST = 1_000;
    private static final Duration SHORTEST_LIMIT = Duration.ofHours(1);
    private static final Duration LONGEST_LIMIT = Duration.ofHours(12);
    private final IamCore core;
    private final DocumentChecks documents;

    @Activate
    public StoredRoles(@Reference IamCore core, @Reference DocumentChecks documents) {
        this.core = core;
        this.documents = documents;
    }

    @Override
    public Role create(Principal caller, NewRole role) {
        String arn = core.names().arn(EntityKind.ROLE, role.path(), role.name());
        Map<String, List<String>> context =
                Contexts.both(Contexts.requestTags(role.tags()), Contexts.boundary(role.boundary()));
        core.requireNew(caller, "iam:CreateRole", arn, context);
        if (!role.tags().isEmpty()) {
            core.requireNew(caller, "iam:TagRole", arn, context);
        }
        NewEntity entity = new NewEntity(EntityKind.ROLE, UniqueIds.role(), role.name(), role.path(), role.tags());
        entity.check();
        IamTexts.description(role.description());
        Duration longest = role.longestSession().orElse(SHORTEST_LIMIT);
        checkLongest(longest);
        documents.check(PolicyKind.TRUST, role.trust());
        return core.change(connection -> {
            Entity made = entity.insert(connection, core.now(), MOST);
            RoleTable.set(connection, made.id(), role.trust(), role.description(), longest);
            if (role.boundary().isPresent()) {
                String policy = core.policy(connection, role.boundary().get()).id();
                AttachmentTable.setBoundary(connection, EntityKind.ROLE, made.id(), policy);
            }
            return whole(connection, made);
        });
    }

    @Override
    public Role get(Principal caller, String name) {
        Target target = core.require(caller, "iam:GetRole", EntityKind.ROLE, name);
        return core.read(connection -> whole(connection, core.entity(connection, target)));
    }

    @Override
    public void update(Principal caller, String name, Optional<String> description, Optional<Duration> longestSession) {
        Target target = core.require(caller, "iam:UpdateRole", EntityKind.ROLE, name);
        description.ifPresent(IamTexts::description);
        longestSession.ifPresent(StoredRoles::checkLongest);
        change(
                target,
                row -> new Whole(
                        row.entity(),
                        row.trust(),
                        description.orElse(row.description()),
                        longestSession.orElse(row.longest()),
                        row.used()));
    }

    @Override
    public Role updateDescription(Principal caller, String name, String description) {
        Target target = core.require(caller, "iam:UpdateRoleDescription", EntityKind.ROLE, name);
        IamTexts.description(description);
        return change(target, row -> new Whole(row.entity(), row.trust(), description, row.longest(), row.used()));
    }

    @Override
    public void updateTrust(Principal caller, String name, String trust) {
        Target target = core.require(caller, "iam:UpdateAssumeRolePolicy", EntityKind.ROLE, name);
        documents.check(PolicyKind.TRUST, trust);
        change(target, row -> new Whole(row.entity(), trust, row.description(), row.longest(), row.used()));
    }

    @Override
    public void delete(Principal caller, String name) {
        Target target = core.require(caller, "iam:DeleteRole", EntityKind.ROLE, name);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            if (!RoleTable.profilesOf(connection, id, "", 1).isEmpty()) {
                throw IamErrors.mustFirst("remove roles from instance profile");
            }
            Owners.refuseIfItHasPolicies(connection, id);
            RoleTable.forget(connection, id);
            EntityTable.delete(connection, EntityKind.ROLE, id);
            return null;
        });
    }

    @Override
    public Page<Role> list(Principal caller, Listed listed) {
        core.require(caller, "iam:ListRoles");
        IamTexts.pathPrefix(listed.pathPrefix());
        PageRequest page = listed.page();
        List<Whole> rows = core.read(
                connection -> RoleTable.page(connection, Names.of(listed), Markers.after(page), Markers.rows(page)));
        return Markers.page(rows, page, row -> EntityTable.key(row.entity().name()), views()::brief);
    }

    private Role change(Target target, UnaryOperator<Whole> changed) {
        return core.change(connection -> {
            Entity entity = core.entity(connection, target);
            Whole row = changed.apply(RoleTable.byId(connection, entity.id()).orElseThrow());
            RoleTable.set(connection, entity.id(), row.trust(), row.description(), row.longest());
            return whole(connection, entity);
        });
    }

    private Role whole(Connection connection, Entity entity) throws SQLException {
        return views().whole(connection, RoleTable.byId(connection, entity.id()).orElseThrow());
    }

    private RoleViews views() {
        return new RoleViews(core.names(), core.policies());
    }

    private static void checkLongest(Duration longest) {
        if (longest.compareTo(SHORTEST_LIMIT) < 0 || longest.compareTo(LONGEST_LIMIT) > 0) {
            throw IamErrors.invalid("The maximum session duration must be 3600 to 43200 seconds, was %d."
                    .formatted(longest.toSeconds()));
        }
    }
}
