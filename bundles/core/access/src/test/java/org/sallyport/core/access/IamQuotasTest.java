package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.ManagedPolicies.NewPolicy;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.core.access.EntityTable.Entity;

/** As many of each thing as an account may have, and then one more. */
@Tag("store")
class IamQuotasTest {
    private final IamWorld world = new IamWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void keepsTheQuotasOfTheAccount() {
        Principal admin = world.admin;
        fill(EntityKind.USER, StoredUsers.MOST);
        refused("UsersPerAccount: 5000", () -> world.users.create(admin, NewUser.named("more")));

        fill(EntityKind.GROUP, StoredGroups.MOST);
        refused("GroupsPerAccount: 300", () -> world.groups.create(admin, "more", "/"));

        fill(EntityKind.ROLE, StoredRoles.MOST);
        NewRole role = NewRole.named("more", IamWorld.trusting("\"*\""));
        refused("RolesPerAccount: 1000", () -> world.roles.create(admin, role));

        fill(EntityKind.INSTANCE_PROFILE, StoredProfiles.MOST);
        refused("InstanceProfilesPerAccount: 1000", () -> world.profiles.create(admin, "more", "/", List.of()));

        fill(EntityKind.POLICY, StoredPolicies.MOST);
        NewPolicy policy = NewPolicy.named("more", IamWorld.allow("ssm:StartSession", "*"));
        refused("PoliciesPerAccount: 1500", () -> world.policies.create(admin, policy));
    }

    /** Up to the quota, with what is there from the start. */
    private void fill(EntityKind kind, int most) {
        long there = world.store.run(connection -> EntityTable.count(connection, kind));
        assertThat(there).isLessThan(most);
        world.store.run(connection -> {
            for (long i = there; i < most; i++) {
                insert(connection, kind, new Entity(kind.name().charAt(0) + "FILL" + i, "fill" + i, "/", IamWorld.NOW));
            }
            return null;
        });
    }

    private static void insert(Connection connection, EntityKind kind, Entity entity) throws SQLException {
        if (kind == EntityKind.POLICY) {
            PolicyTable.insert(connection, entity, "", IamWorld.allow("ssm:StartSession", "*"));
        } else {
            EntityTable.insert(connection, kind, entity);
        }
    }

    private static void refused(String quota, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(IamError.LIMIT_EXCEEDED))
                .hasMessage("Cannot exceed quota for " + quota);
    }
}
