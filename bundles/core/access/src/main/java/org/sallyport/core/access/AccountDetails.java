package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.sallyport.api.iam.Account.Detail;
import org.sallyport.api.iam.Account.GroupDetail;
import org.sallyport.api.iam.Account.Held;
import org.sallyport.api.iam.Account.Inline;
import org.sallyport.api.iam.Account.Part;
import org.sallyport.api.iam.Account.PolicyDetail;
import org.sallyport.api.iam.Account.RoleDetail;
import org.sallyport.api.iam.Account.UserDetail;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.InstanceProfile;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.core.access.PolicyFinder.Found;
import org.sallyport.core.access.RoleTable.Whole;

/** All that there is, part by part, each by name. Each method joins the transaction of its connection. */
final class AccountDetails {

    private final IamCore core;
    private final StoredUsers users;
    private final StoredGroups groups;
    private final StoredProfiles profiles;
    private final RoleViews roles;

    AccountDetails(IamCore core) {
        this.core = core;
        this.users = new StoredUsers(core);
        this.groups = new StoredGroups(core);
        this.profiles = new StoredProfiles(core);
        this.roles = new RoleViews(core.names(), core.policies());
    }

    /** @param name the key in its part */
    private record Keyed(Part part, String name, Detail detail) {
        String key() {
            return prefix(part) + name;
        }
    }

    Page<Detail> page(Connection connection, Set<Part> parts, PageRequest page) throws SQLException {
        String after = Markers.after(page);
        List<Keyed> found = new ArrayList<>();
        for (Part part : Part.values()) {
            int room = Markers.rows(page) - found.size();
            boolean over = !after.isEmpty() && after.substring(0, 1).compareTo(prefix(part)) > 0;
            if (room > 0 && !over && parts.contains(part)) {
                read(connection, part, after.startsWith(prefix(part)) ? after.substring(1) : "", room, found);
            }
        }
        return Markers.page(found, page, Keyed::key, Keyed::detail);
    }

    private static String prefix(Part part) {
        return Integer.toString(part.ordinal());
    }

    private void read(Connection connection, Part part, String after, int room, List<Keyed> into) throws SQLException {
        switch (part) {
            case USERS -> {
                for (Entity row : EntityTable.page(connection, EntityKind.USER, Names.ALL, after, room)) {
                    into.add(new Keyed(part, EntityTable.key(row.name()), user(connection, row)));
                }
            }
            case GROUPS -> {
                for (Entity row : EntityTable.page(connection, EntityKind.GROUP, Names.ALL, after, room)) {
                    Detail detail = new GroupDetail(groups.group(row), held(connection, row.id()));
                    into.add(new Keyed(part, EntityTable.key(row.name()), detail));
                }
            }
            case ROLES -> {
                for (Whole row : RoleTable.page(connection, Names.ALL, after, room)) {
                    into.add(new Keyed(part, EntityTable.key(row.entity().name()), role(connection, row)));
                }
            }
            case LOCAL_POLICIES -> {
                for (PolicyTable.Policy row : PolicyTable.page(connection, Names.ALL, after, room)) {
                    into.add(policy(connection, part, core.policies().own(row)));
                }
            }
            case AWS_POLICIES -> {
                List<Found> rest = BuiltInPolicies.all().stream()
                        .map(core.policies()::builtIn)
                        .filter(policy -> EntityTable.key(policy.name()).compareTo(after) > 0)
                        .sorted(Comparator.comparing(policy -> EntityTable.key(policy.name())))
                        .limit(room)
                        .toList();
                for (Found policy : rest) {
                    into.add(policy(connection, part, policy));
                }
            }
        }
    }

    private Detail user(Connection connection, Entity row) throws SQLException {
        List<String> names = GroupTable.groupsOf(connection, row.id(), "", StoredGroups.MOST_OF_USER).stream()
                .map(Entity::name)
                .toList();
        return new UserDetail(users.whole(connection, row), names, held(connection, row.id()));
    }

    private Detail role(Connection connection, Whole row) throws SQLException {
        String id = row.entity().id();
        List<InstanceProfile> with = new ArrayList<>();
        for (Entity profile : RoleTable.profilesOf(connection, id, "", StoredProfiles.MOST)) {
            with.add(profiles.view(connection, profile, false));
        }
        return new RoleDetail(roles.whole(connection, row), with, held(connection, id));
    }

    private static Keyed policy(Connection connection, Part part, Found found) throws SQLException {
        Detail detail = new PolicyDetail(
                StoredPolicies.view(connection, found, true), StoredPolicies.versions(connection, found));
        return new Keyed(part, EntityTable.key(found.name()), detail);
    }

    private Held held(Connection connection, String ownerId) throws SQLException {
        List<Inline> inline = InlineTable.of(connection, List.of(ownerId)).stream()
                .map(policy -> new Inline(policy.name(), policy.document()))
                .toList();
        List<AttachedPolicy> attached = new ArrayList<>();
        for (String id : AttachmentTable.policiesOf(connection, List.of(ownerId))) {
            core.policies()
                    .byId(connection, id)
                    .ifPresent(policy -> attached.add(new AttachedPolicy(policy.name(), policy.arn())));
        }
        attached.sort(Comparator.comparing(policy -> EntityTable.key(policy.name())));
        return new Held(inline, attached);
    }
}
