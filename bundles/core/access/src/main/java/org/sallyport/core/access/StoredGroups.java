package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Group;
import org.sallyport.api.iam.Groups;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.User;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.core.access.IamCore.Target;

/** Groups in the store. */
@Component(service = Groups.class)
public final class StoredGroups implements Groups {

    static final int MOST = 300;
    static final int MOST_OF_USER = 10;
    private final IamCore core;
    private final Renames renames;

    @Activate
    public StoredGroups(@Reference IamCore core) {
        this.core = core;
        this.renames = new Renames(core);
    }

    @Override
    public Group create(Principal caller, String name, String path) {
        core.requireNew(caller, "iam:CreateGroup", core.names().arn(EntityKind.GROUP, path, name), Map.of());
        NewEntity entity = new NewEntity(EntityKind.GROUP, UniqueIds.group(), name, path, List.of());
        entity.check();
        return core.change(connection -> group(entity.insert(connection, core.now(), MOST)));
    }

    @Override
    public Members get(Principal caller, String name, PageRequest page) {
        Target target = core.require(caller, "iam:GetGroup", EntityKind.GROUP, name);
        return core.read(connection -> {
            Entity row = core.entity(connection, target);
            List<Entity> users = GroupTable.usersIn(connection, row.id(), Markers.after(page), Markers.rows(page));
            return new Members(group(row), Markers.page(users, page, StoredGroups::key, this::user));
        });
    }

    @Override
    public void update(Principal caller, String name, Optional<String> newName, Optional<String> newPath) {
        Target target = core.require(caller, "iam:UpdateGroup", EntityKind.GROUP, name);
        newName.ifPresent(text -> IamTexts.name(EntityKind.GROUP, text));
        newPath.ifPresent(IamTexts::path);
        renames.decide(caller, "iam:UpdateGroup", target, newName, newPath);
        renames.rename(target, newName, newPath);
    }

    @Override
    public void delete(Principal caller, String name) {
        Target target = core.require(caller, "iam:DeleteGroup", EntityKind.GROUP, name);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            if (!GroupTable.usersIn(connection, id, "", 1).isEmpty()) {
                throw IamErrors.mustFirst("remove users from group");
            }
            Owners.refuseIfItHasPolicies(connection, id);
            EntityTable.delete(connection, EntityKind.GROUP, id);
            return null;
        });
    }

    @Override
    public Page<Group> list(Principal caller, Listed listed) {
        core.require(caller, "iam:ListGroups");
        IamTexts.pathPrefix(listed.pathPrefix());
        PageRequest page = listed.page();
        List<Entity> rows = core.read(connection -> EntityTable.page(
                connection, EntityKind.GROUP, Names.of(listed), Markers.after(page), Markers.rows(page)));
        return Markers.page(rows, page, StoredGroups::key, this::group);
    }

    @Override
    public void add(Principal caller, String name, String userName) {
        Target target = core.require(caller, "iam:AddUserToGroup", EntityKind.GROUP, name);
        core.change(connection -> {
            String group = core.entity(connection, target).id();
            String user = userId(connection, userName);
            if (GroupTable.isIn(connection, group, user)) {
                return null;
            }
            if (GroupTable.groupsOf(connection, user, "", MOST_OF_USER).size() >= MOST_OF_USER) {
                throw IamErrors.quota("GroupsPerUser", MOST_OF_USER);
            }
            GroupTable.add(connection, group, user);
            return null;
        });
    }

    @Override
    public void remove(Principal caller, String name, String userName) {
        Target target = core.require(caller, "iam:RemoveUserFromGroup", EntityKind.GROUP, name);
        core.change(connection -> {
            String group = core.entity(connection, target).id();
            return GroupTable.remove(connection, group, userId(connection, userName));
        });
    }

    @Override
    public Page<Group> of(Principal caller, String userName, PageRequest page) {
        Target target = core.require(caller, "iam:ListGroupsForUser", EntityKind.USER, userName);
        List<Entity> rows = core.read(connection -> GroupTable.groupsOf(
                connection, core.entity(connection, target).id(), Markers.after(page), Markers.rows(page)));
        return Markers.page(rows, page, StoredGroups::key, this::group);
    }

    private static String userId(Connection connection, String name) throws SQLException {
        return EntityTable.find(connection, EntityKind.USER, name)
                .orElseThrow(() -> IamErrors.absent(EntityKind.USER, name))
                .id();
    }

    private static String key(Entity row) {
        return EntityTable.key(row.name());
    }

    Group group(Entity row) {
        String arn = core.names().arn(EntityKind.GROUP, row.path(), row.name());
        return new Group(row.id(), row.name(), row.path(), arn, row.created());
    }

    private User user(Entity row) {
        String arn = core.names().arn(EntityKind.USER, row.path(), row.name());
        return new User(
                row.id(), row.name(), row.path(), arn, row.created(), Optional.empty(), Optional.empty(), List.of());
    }
}
