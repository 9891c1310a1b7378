package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users;
import org.sallyport.api.page.Page;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.core.access.IamCore.Target;

/** Users in the store. */
@Component(service = Users.class)
public final class StoredUsers implements Users {

    static final int MOST = 5_000;
    private final IamCore core;
    private final Renames renames;

    @Activate
    public StoredUsers(@Reference IamCore core) {
        this.core = core;
        this.renames = new Renames(core);
    }

    @Override
    public User create(Principal caller, NewUser user) {
        String arn = core.names().arn(EntityKind.USER, user.path(), user.name());
        Map<String, List<String>> context =
                Contexts.both(Contexts.requestTags(user.tags()), Contexts.boundary(user.boundary()));
        core.requireNew(caller, "iam:CreateUser", arn, context);
        if (!user.tags().isEmpty()) {
            core.requireNew(caller, "iam:TagUser", arn, context);
        }
        NewEntity entity = new NewEntity(EntityKind.USER, UniqueIds.user(), user.name(), user.path(), user.tags());
        entity.check();
        return core.change(connection -> {
            Entity made = entity.insert(connection, core.now(), MOST);
            if (user.boundary().isPresent()) {
                String policy = core.policy(connection, user.boundary().get()).id();
                AttachmentTable.setBoundary(connection, EntityKind.USER, made.id(), policy);
            }
            return whole(connection, made);
        });
    }

    @Override
    public User get(Principal caller, Optional<String> name) {
        Target target =
                core.require(caller, "iam:GetUser", EntityKind.USER, name.orElseGet(() -> core.ownName(caller)));
        return core.read(connection -> whole(connection, core.entity(connection, target)));
    }

    @Override
    public void update(Principal caller, String name, Optional<String> newName, Optional<String> newPath) {
        Target target = core.require(caller, "iam:UpdateUser", EntityKind.USER, name);
        newName.ifPresent(text -> IamTexts.name(EntityKind.USER, text));
        newPath.ifPresent(IamTexts::path);
        renames.decide(caller, "iam:UpdateUser", target, newName, newPath);
        renames.rename(target, newName, newPath);
    }

    @Override
    public void delete(Principal caller, String name) {
        Target target = core.require(caller, "iam:DeleteUser", EntityKind.USER, name);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            if (UserTable.login(connection, id).isPresent()) {
                throw IamErrors.mustFirst("delete login profile");
            }
            if (KeyTables.keysOf(connection, id) > 0) {
                throw IamErrors.mustFirst("delete access keys");
            }
            if (!GroupTable.groupsOf(connection, id, "", 1).isEmpty()) {
                throw IamErrors.mustFirst("remove users from group");
            }
            if (SecondFactorTable.on(connection, id)) {
                throw IamErrors.mustFirst("delete MFA device");
            }
            Owners.refuseIfItHasPolicies(connection, id);
            UserTable.forget(connection, id);
            EntityTable.delete(connection, EntityKind.USER, id);
            return null;
        });
    }

    @Override
    public Page<User> list(Principal caller, Listed listed) {
        core.require(caller, "iam:ListUsers");
        IamTexts.pathPrefix(listed.pathPrefix());
        return core.read(connection -> {
            List<User> users = new ArrayList<>();
            for (Entity row : EntityTable.page(
                    connection,
                    EntityKind.USER,
                    Names.of(listed),
                    Markers.after(listed.page()),
                    Markers.rows(listed.page()))) {
                users.add(user(row, UserTable.passwordUsed(connection, row.id()), Optional.empty(), List.of()));
            }
            return Markers.page(users, listed.page(), user -> EntityTable.key(user.name()), user -> user);
        });
    }

    User whole(Connection connection, Entity row) throws SQLException {
        return user(
                row,
                UserTable.passwordUsed(connection, row.id()),
                Owners.boundaryArn(core.policies(), connection, EntityKind.USER, row.id()),
                TagTable.of(connection, row.id()));
    }

    private User user(Entity row, Optional<Instant> passwordUsed, Optional<String> boundary, List<Tag> tags) {
        String arn = core.names().arn(EntityKind.USER, row.path(), row.name());
        return new User(row.id(), row.name(), row.path(), arn, row.created(), passwordUsed, boundary, tags);
    }
}
