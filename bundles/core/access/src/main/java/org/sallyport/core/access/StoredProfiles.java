package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.InstanceProfile;
import org.sallyport.api.iam.InstanceProfiles;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.core.access.IamCore.Target;

/** Instance profiles in the store. */
@Component(service = InstanceProfiles.class)
public final class StoredProfiles implements InstanceProfiles {

    static final int MOST = 1_000;
    private final IamCore core;

    @Activate
    public StoredProfiles(@Reference IamCore core) {
        this.core = core;
    }

    @Override
    public InstanceProfile create(Principal caller, String name, String path, List<Tag> tags) {
        String arn = core.names().arn(EntityKind.INSTANCE_PROFILE, path, name);
        core.requireNew(caller, "iam:CreateInstanceProfile", arn, Contexts.requestTags(tags));
        if (!tags.isEmpty()) {
            core.requireNew(caller, "iam:TagInstanceProfile", arn, Contexts.requestTags(tags));
        }
        NewEntity entity = new NewEntity(EntityKind.INSTANCE_PROFILE, UniqueIds.profile(), name, path, tags);
        entity.check();
        return core.change(connection -> view(connection, entity.insert(connection, core.now(), MOST), true));
    }

    @Override
    public InstanceProfile get(Principal caller, String name) {
        Target target = core.require(caller, "iam:GetInstanceProfile", EntityKind.INSTANCE_PROFILE, name);
        return core.read(connection -> view(connection, core.entity(connection, target), true));
    }

    @Override
    public void delete(Principal caller, String name) {
        Target target = core.require(caller, "iam:DeleteInstanceProfile", EntityKind.INSTANCE_PROFILE, name);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            if (RoleTable.roleOf(connection, id).isPresent()) {
                throw IamErrors.mustFirst("remove roles from instance profile");
            }
            TagTable.removeAll(connection, id);
            EntityTable.delete(connection, EntityKind.INSTANCE_PROFILE, id);
            return null;
        });
    }

    @Override
    public Page<InstanceProfile> list(Principal caller, Listed listed) {
        core.require(caller, "iam:ListInstanceProfiles");
        IamTexts.pathPrefix(listed.pathPrefix());
        PageRequest page = listed.page();
        return core.read(connection -> page(
                connection,
                EntityTable.page(
                        connection,
                        EntityKind.INSTANCE_PROFILE,
                        Names.of(listed),
                        Markers.after(page),
                        Markers.rows(page)),
                page));
    }

    @Override
    public Page<InstanceProfile> of(Principal caller, String roleName, PageRequest page) {
        Target target = core.require(caller, "iam:ListInstanceProfilesForRole", EntityKind.ROLE, roleName);
        return core.read(connection -> page(
                connection,
                RoleTable.profilesOf(
                        connection, core.entity(connection, target).id(), Markers.after(page), Markers.rows(page)),
                page));
    }

    @Override
    public void addRole(Principal caller, String name, String roleName) {
        Target target = core.require(caller, "iam:AddRoleToInstanceProfile", EntityKind.INSTANCE_PROFILE, name);
        Target role = core.require(caller, "iam:PassRole", EntityKind.ROLE, roleName);
        core.change(connection -> {
            String profile = core.entity(connection, target).id();
            String roleId = core.entity(connection, role).id();
            if (RoleTable.roleOf(connection, profile).isPresent()) {
                throw IamErrors.quota("InstanceSessionsPerInstanceProfile", 1);
            }
            RoleTable.setRole(connection, profile, roleId);
            return null;
        });
    }

    @Override
    public void removeRole(Principal caller, String name, String roleName) {
        Target target = core.require(caller, "iam:RemoveRoleFromInstanceProfile", EntityKind.INSTANCE_PROFILE, name);
        core.change(connection -> {
            String profile = core.entity(connection, target).id();
            Optional<String> role = RoleTable.byName(connection, roleName)
                    .map(row -> row.entity().id());
            if (role.isEmpty() || !RoleTable.roleOf(connection, profile).equals(role)) {
                throw IamErrors.absent(EntityKind.ROLE, roleName);
            }
            RoleTable.setRole(connection, profile, null);
            return null;
        });
    }

    private Page<InstanceProfile> page(Connection connection, List<Entity> rows, PageRequest page) throws SQLException {
        List<InstanceProfile> views = new ArrayList<>();
        for (Entity row : rows) {
            views.add(view(connection, row, false));
        }
        return Markers.page(views, page, profile -> EntityTable.key(profile.name()), profile -> profile);
    }

    InstanceProfile view(Connection connection, Entity row, boolean tagged) throws SQLException {
        RoleViews views = new RoleViews(core.names(), core.policies());
        Optional<String> roleId = RoleTable.roleOf(connection, row.id());
        List<Role> roles = roleId.isEmpty()
                ? List.of()
                : RoleTable.byId(connection, roleId.get()).stream()
                        .map(views::brief)
                        .toList();
        return new InstanceProfile(
                row.id(),
                row.name(),
                row.path(),
                core.names().arn(EntityKind.INSTANCE_PROFILE, row.path(), row.name()),
                row.created(),
                roles,
                tagged ? TagTable.of(connection, row.id()) : List.of());
    }
}
