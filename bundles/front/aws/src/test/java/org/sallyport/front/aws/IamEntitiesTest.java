package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.api.iam.Groups;
import org.sallyport.api.iam.InstanceProfiles;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.Roles;
import org.sallyport.api.iam.Tag;
import org.sallyport.api.iam.Users;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.aws.Recorder.Asked;
import software.amazon.awssdk.services.iam.IamClient;

/** Users, groups, roles and instance profiles, as AWS's own client writes and reads them. */
class IamEntitiesTest {
    private final Front front = new Front();
    private final IamClient iam = AwsClients.iam(front);
    private final Recorder<Users> users = front.iam.users;
    private final Recorder<Groups> groups = front.iam.groups;
    private final Recorder<Roles> roles = front.iam.roles;
    private final Recorder<InstanceProfiles> profiles = front.iam.profiles;

    private static void isBob(software.amazon.awssdk.services.iam.model.User user) {
        assertThat(user.userName()).isEqualTo("bob");
        assertThat(user.userId()).isEqualTo(FakeIam.USER.id());
        assertThat(user.path()).isEqualTo("/ops/");
        assertThat(user.arn()).isEqualTo(FakeIam.USER.arn());
        assertThat(user.createDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(user.passwordLastUsed()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(user.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(FakeIam.LIMIT);
        assertThat(user.permissionsBoundary().permissionsBoundaryTypeAsString()).isEqualTo("PermissionsBoundaryPolicy");
        assertThat(user.tags()).singleElement().satisfies(tag -> {
            assertThat(tag.key()).isEqualTo("team");
            assertThat(tag.value()).isEqualTo("blue + réd");
        });
    }

    private static void isAdmins(software.amazon.awssdk.services.iam.model.Group group) {
        assertThat(group.groupName()).isEqualTo("admins");
        assertThat(group.groupId()).isEqualTo(FakeIam.GROUP.id());
        assertThat(group.arn()).isEqualTo(FakeIam.GROUP.arn());
        assertThat(group.path()).isEqualTo("/");
        assertThat(group.createDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
    }

    private static void isNodes(software.amazon.awssdk.services.iam.model.Role role) {
        assertThat(role.roleName()).isEqualTo("Nodes");
        assertThat(role.roleId()).isEqualTo(FakeIam.ROLE.id());
        assertThat(role.arn()).isEqualTo(FakeIam.ROLE.arn());
        assertThat(role.path()).isEqualTo("/ops/");
        assertThat(role.description()).isEqualTo("of\r\nnodes");
        assertThat(role.maxSessionDuration()).isEqualTo(7200);
        assertThat(role.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(FakeIam.LIMIT);
        assertThat(role.roleLastUsed().region()).isEqualTo("onprem-1");
        assertThat(role.roleLastUsed().lastUsedDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(role.tags()).hasSize(1);
        assertThat(role.assumeRolePolicyDocument())
                .startsWith("%7B%22Version%22%3A%20%222012-10-17%22%2C")
                .contains("a%2Bb~%C3%A4");
        assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(FakeIam.DOCUMENT);
    }

    private static void isMachines(software.amazon.awssdk.services.iam.model.InstanceProfile profile) {
        assertThat(profile.instanceProfileName()).isEqualTo("Machines");
        assertThat(profile.instanceProfileId()).isEqualTo(FakeIam.PROFILE.id());
        assertThat(profile.arn()).isEqualTo(FakeIam.PROFILE.arn());
        assertThat(profile.roles()).singleElement().satisfies(IamEntitiesTest::isNodes);
        assertThat(profile.tags()).hasSize(1);
    }

    @Test
    void usersAreMade() {
        isBob(iam.createUser(r -> r.userName("bob")
                        .path("/ops/")
                        .permissionsBoundary(FakeIam.LIMIT)
                        .tags(AwsClients.tag("team", "blue + réd"), AwsClients.tag("empty", "")))
                .user());
        assertThat(users.last())
                .isEqualTo(asked(
                        "create",
                        new Users.NewUser(
                                "bob",
                                "/ops/",
                                Optional.of(FakeIam.LIMIT),
                                List.of(FakeIam.TEAM, new Tag("empty", "")))));

        iam.createUser(r -> r.userName("bob"));
        assertThat(users.last()).isEqualTo(asked("create", Users.NewUser.named("bob")));
    }

    @Test
    void usersAreReadChangedAndDeleted() {
        isBob(iam.getUser(r -> r.userName("bob")).user());
        assertThat(users.last()).isEqualTo(asked("get", Optional.of("bob")));
        isBob(iam.getUser().user());
        assertThat(users.last()).isEqualTo(asked("get", Optional.empty()));

        iam.updateUser(r -> r.userName("bob").newUserName("robert").newPath("/"));
        assertThat(users.last()).isEqualTo(asked("update", "bob", Optional.of("robert"), Optional.of("/")));

        iam.deleteUser(r -> r.userName("bob"));
        assertThat(users.last()).isEqualTo(asked("delete", "bob"));
    }

    @Test
    void usersAreListedInPages() {
        var page = iam.listUsers(r -> r.pathPrefix("/ops").maxItems(7).marker("from"));

        assertThat(page.users()).singleElement().satisfies(IamEntitiesTest::isBob);
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(users.last()).isEqualTo(asked("list", new Listed("/ops", new PageRequest(7, Optional.of("from")))));

        iam.listUsers();
        assertThat(users.last()).isEqualTo(asked("list", Listed.all(PageRequest.first(100))));
    }

    @Test
    void theLastPageIsNotTruncated() {
        users.answering("list", new Page<>(List.of(), Optional.empty()));

        var page = iam.listUsers();

        assertThat(page.hasUsers()).isTrue();
        assertThat(page.users()).isEmpty();
        assertThat(page.isTruncated()).isFalse();
        assertThat(page.marker()).isNull();
    }

    @Test
    void groupsAreMadeReadChangedAndDeleted() {
        isAdmins(iam.createGroup(r -> r.groupName("admins").path("/")).group());
        assertThat(groups.last()).isEqualTo(asked("create", "admins", "/"));

        var members = iam.getGroup(r -> r.groupName("admins").maxItems(1).marker("m"));
        isAdmins(members.group());
        assertThat(members.users()).singleElement().satisfies(IamEntitiesTest::isBob);
        assertThat(members.isTruncated()).isTrue();
        assertThat(members.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(groups.last()).isEqualTo(asked("get", "admins", new PageRequest(1, Optional.of("m"))));

        iam.updateGroup(r -> r.groupName("admins").newGroupName("ops"));
        assertThat(groups.last()).isEqualTo(asked("update", "admins", Optional.of("ops"), Optional.empty()));

        iam.deleteGroup(r -> r.groupName("admins"));
        assertThat(groups.last()).isEqualTo(asked("delete", "admins"));
    }

    @Test
    void groupsHaveUsers() {
        iam.addUserToGroup(r -> r.groupName("admins").userName("bob"));
        assertThat(groups.last()).isEqualTo(asked("add", "admins", "bob"));
        iam.removeUserFromGroup(r -> r.groupName("admins").userName("bob"));
        assertThat(groups.last()).isEqualTo(asked("remove", "admins", "bob"));

        assertThat(iam.listGroups(r -> r.pathPrefix("/a")).groups())
                .singleElement()
                .satisfies(IamEntitiesTest::isAdmins);
        assertThat(groups.last()).isEqualTo(asked("list", new Listed("/a", PageRequest.first(100))));

        var of = iam.listGroupsForUser(r -> r.userName("bob").maxItems(3));
        assertThat(of.groups()).singleElement().satisfies(IamEntitiesTest::isAdmins);
        assertThat(of.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(groups.last()).isEqualTo(asked("of", "bob", PageRequest.first(3)));
    }

    @Test
    void rolesAreMadeAndRead() {
        isNodes(iam.createRole(r -> r.roleName("Nodes")
                        .path("/ops/")
                        .assumeRolePolicyDocument(FakeIam.DOCUMENT)
                        .description("of\r\nnodes")
                        .maxSessionDuration(7200)
                        .permissionsBoundary(FakeIam.LIMIT)
                        .tags(AwsClients.tag("team", "blue + réd")))
                .role());
        assertThat(roles.last())
                .isEqualTo(asked(
                        "create",
                        new Roles.NewRole(
                                "Nodes",
                                "/ops/",
                                FakeIam.DOCUMENT,
                                "of\r\nnodes",
                                Optional.of(Duration.ofHours(2)),
                                Optional.of(FakeIam.LIMIT),
                                List.of(FakeIam.TEAM))));

        isNodes(iam.getRole(r -> r.roleName("Nodes")).role());
        assertThat(roles.last()).isEqualTo(asked("get", "Nodes"));

        var page = iam.listRoles(r -> r.maxItems(2));
        assertThat(page.roles()).singleElement().satisfies(IamEntitiesTest::isNodes);
        assertThat(page.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(roles.last()).isEqualTo(asked("list", Listed.all(PageRequest.first(2))));
    }

    @Test
    void rolesAreChangedAndDeleted() {
        iam.updateRole(r -> r.roleName("Nodes").description("").maxSessionDuration(3600));
        assertThat(roles.last()).isEqualTo(asked("update", "Nodes", Optional.of(""), Optional.of(Duration.ofHours(1))));

        isNodes(iam.updateRoleDescription(r -> r.roleName("Nodes").description("d"))
                .role());
        assertThat(roles.last()).isEqualTo(asked("updateDescription", "Nodes", "d"));

        iam.updateAssumeRolePolicy(r -> r.roleName("Nodes").policyDocument(FakeIam.DOCUMENT));
        assertThat(roles.last()).isEqualTo(asked("updateTrust", "Nodes", FakeIam.DOCUMENT));

        iam.deleteRole(r -> r.roleName("Nodes"));
        assertThat(roles.last()).isEqualTo(asked("delete", "Nodes"));
    }

    @Test
    void instanceProfilesHaveARole() {
        isMachines(iam.createInstanceProfile(
                        r -> r.instanceProfileName("Machines").tags(AwsClients.tag("team", "blue + réd")))
                .instanceProfile());
        assertThat(profiles.last()).isEqualTo(asked("create", "Machines", "/", List.of(FakeIam.TEAM)));
        isMachines(
                iam.getInstanceProfile(r -> r.instanceProfileName("Machines")).instanceProfile());
        assertThat(profiles.last()).isEqualTo(asked("get", "Machines"));

        iam.addRoleToInstanceProfile(r -> r.instanceProfileName("Machines").roleName("Nodes"));
        assertThat(profiles.last()).isEqualTo(asked("addRole", "Machines", "Nodes"));
        iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName("Machines").roleName("Nodes"));
        assertThat(profiles.last()).isEqualTo(asked("removeRole", "Machines", "Nodes"));
        iam.deleteInstanceProfile(r -> r.instanceProfileName("Machines"));
        assertThat(profiles.last()).isEqualTo(asked("delete", "Machines"));
    }

    @Test
    void instanceProfilesAreListed() {
        var page = iam.listInstanceProfiles(r -> r.pathPrefix("/x/"));
        assertThat(page.instanceProfiles()).singleElement().satisfies(IamEntitiesTest::isMachines);
        assertThat(page.isTruncated()).isTrue();
        assertThat(profiles.last()).isEqualTo(asked("list", new Listed("/x/", PageRequest.first(100))));

        var of = iam.listInstanceProfilesForRole(r -> r.roleName("Nodes").maxItems(1));
        assertThat(of.instanceProfiles()).singleElement().satisfies(IamEntitiesTest::isMachines);
        assertThat(profiles.last()).isEqualTo(asked("of", "Nodes", PageRequest.first(1)));
    }

    private static Asked asked(String method, Object... arguments) {
        return Asked.byCaller(method, arguments);
    }
}
