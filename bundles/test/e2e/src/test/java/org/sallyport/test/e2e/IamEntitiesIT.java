package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** Users, groups, keys, roles and instance profiles, made and unmade by AWS's own SDK on a real server. */
@ExtendWith(LiveSystemExtension.class)
class IamEntitiesIT {
    private static final Tag TEAM = Tag.builder().key("team").value("blue").build();

    @Test
    void aUserLivesFromItsMakingToItsEnd(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            User made = iam.createUser(r -> r.userName("it-bob").path("/it/").tags(TEAM))
                    .user();
            assertThat(made.arn()).isEqualTo("arn:aws:iam::%s:user/it/it-bob".formatted(live.get("accountId")));
            assertThat(made.userId()).startsWith("AIDA");

            iam.updateUser(r -> r.userName("it-bob").newUserName("it-robert").newPath("/"));
            User renamed = iam.getUser(r -> r.userName("it-robert")).user();
            assertThat(renamed.userId()).isEqualTo(made.userId());
            assertThat(renamed.tags()).containsExactly(TEAM);
            assertThat(renamed.createDate()).isEqualTo(made.createDate());

            iam.tagUser(r -> r.userName("it-robert")
                    .tags(Tag.builder().key("shift").value("").build()));
            iam.untagUser(r -> r.userName("it-robert").tagKeys("team"));
            assertThat(iam.listUserTags(r -> r.userName("it-robert")).tags())
                    .extracting(Tag::key)
                    .containsExactly("shift");

            iam.createLoginProfile(r -> r.userName("it-robert").password("correct horse battery"));
            assertThat(iam.getLoginProfile(r -> r.userName("it-robert"))
                            .loginProfile()
                            .createDate())
                    .isNotNull();
            iam.updateLoginProfile(r -> r.userName("it-robert").password("staple correct horse"));
            iam.deleteLoginProfile(r -> r.userName("it-robert"));
            iam.deleteUser(r -> r.userName("it-robert"));
            assertThat(iam.listUsersPaginator().users().stream().map(User::userName))
                    .doesNotContain("it-bob", "it-robert");
        }
    }

    @Test
    void theAdministratorIsAUser(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            assertThat(iam.getUser().user().userName()).isEqualTo(live.get("adminUser"));
            assertThat(iam.listMFADevices().mfaDevices()).isEmpty();
        }
    }

    @Test
    void keysAreRotated(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            iam.createUser(r -> r.userName("it-keys"));
            AccessKey old = iam.createAccessKey(r -> r.userName("it-keys")).accessKey();
            AccessKey next = iam.createAccessKey(r -> r.userName("it-keys")).accessKey();

            assertThat(signedBy(live, old)).endsWith(":user/it-keys");
            assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(old.accessKeyId()))
                            .accessKeyLastUsed()
                            .serviceName())
                    .isEqualTo("sts");
            assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(next.accessKeyId()))
                            .accessKeyLastUsed()
                            .serviceName())
                    .isEqualTo("N/A");

            iam.updateAccessKey(
                    r -> r.userName("it-keys").accessKeyId(old.accessKeyId()).status(StatusType.INACTIVE));
            assertThatThrownBy(() -> signedBy(live, old)).isInstanceOfSatisfying(StsException.class, e -> assertThat(
                            e.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidClientTokenId"));
            assertThat(signedBy(live, next)).endsWith(":user/it-keys");
            assertThat(iam.listAccessKeysPaginator(r -> r.userName("it-keys").maxItems(1)).accessKeyMetadata().stream()
                            .map(key -> key.accessKeyId() + key.statusAsString()))
                    .containsExactlyInAnyOrder(old.accessKeyId() + "Inactive", next.accessKeyId() + "Active");

            for (AccessKey key : List.of(old, next)) {
                iam.deleteAccessKey(r -> r.userName("it-keys").accessKeyId(key.accessKeyId()));
            }
            iam.deleteUser(r -> r.userName("it-keys"));
        }
    }

    private static String signedBy(LiveSystem live, AccessKey key) {
        try (StsClient sts = Clients.sts(live, AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
            return sts.getCallerIdentity().arn();
        }
    }

    @Test
    void groupsHaveUsers(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            assertThat(iam.createGroup(r -> r.groupName("it-ops").path("/it/"))
                            .group()
                            .groupId())
                    .startsWith("AGPA");
            List<String> names =
                    IntStream.range(0, 5).mapToObj(i -> "it-member-" + i).toList();
            for (String name : names) {
                iam.createUser(r -> r.userName(name));
                iam.addUserToGroup(r -> r.groupName("it-ops").userName(name));
            }

            assertThat(iam.getGroupPaginator(r -> r.groupName("it-ops").maxItems(2)).users().stream()
                            .map(User::userName))
                    .containsExactlyElementsOf(names);
            assertThat(iam.listGroupsForUser(r -> r.userName("it-member-3")).groups())
                    .singleElement()
                    .satisfies(group -> assertThat(group.path()).isEqualTo("/it/"));
            assertThat(iam.listGroups(r -> r.pathPrefix("/it/")).groups()).hasSize(1);

            iam.updateGroup(r -> r.groupName("it-ops").newGroupName("it-operators"));
            for (String name : names) {
                iam.removeUserFromGroup(r -> r.groupName("it-operators").userName(name));
                iam.deleteUser(r -> r.userName(name));
            }
            iam.deleteGroup(r -> r.groupName("it-operators"));
            assertThat(iam.listGroups(r -> r.pathPrefix("/it/")).groups()).isEmpty();
        }
    }

    @Test
    void usersAreListedInPagesOfAnySize(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            List<String> names =
                    IntStream.range(0, 7).mapToObj(i -> "it-page-" + i).toList();
            names.forEach(name -> iam.createUser(r -> r.userName(name).path("/it-pages/")));

            for (int size : List.of(1, 2, 3, 6, 7, 8, 1000)) {
                assertThat(iam
                                .listUsersPaginator(
                                        r -> r.pathPrefix("/it-pages/").maxItems(size))
                                .users()
                                .stream()
                                .map(User::userName))
                        .as("pages of %d", size)
                        .containsExactlyElementsOf(names);
            }
            names.forEach(name -> iam.deleteUser(r -> r.userName(name)));
        }
    }

    @Test
    void rolesAndInstanceProfilesGoTogether(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            String trust = Documents.trusting("{\"Service\":\"ssm.amazonaws.com\"}");
            Role made = iam.createRole(r -> r.roleName("it-nodes")
                            .assumeRolePolicyDocument(trust)
                            .description("of\nnodes")
                            .maxSessionDuration(7200)
                            .tags(TEAM))
                    .role();
            assertThat(made.roleId()).startsWith("AROA");
            assertThat(Documents.decoded(made.assumeRolePolicyDocument())).isEqualTo(trust);

            iam.updateRole(r -> r.roleName("it-nodes").maxSessionDuration(3600));
            assertThat(iam.updateRoleDescription(r -> r.roleName("it-nodes").description("other"))
                            .role()
                            .maxSessionDuration())
                    .isEqualTo(3600);
            String other = Documents.trusting("{\"AWS\":\"*\"}");
            iam.updateAssumeRolePolicy(r -> r.roleName("it-nodes").policyDocument(other));
            Role read = iam.getRole(r -> r.roleName("it-nodes")).role();
            assertThat(Documents.decoded(read.assumeRolePolicyDocument())).isEqualTo(other);
            assertThat(read.description()).isEqualTo("other");
            iam.tagRole(r -> r.roleName("it-nodes").tags(TEAM));
            assertThat(iam.listRoleTags(r -> r.roleName("it-nodes")).tags()).containsExactly(TEAM);
            iam.untagRole(r -> r.roleName("it-nodes").tagKeys("team"));

            InstanceProfile profile = iam.createInstanceProfile(
                            r -> r.instanceProfileName("it-machines").tags(TEAM))
                    .instanceProfile();
            assertThat(profile.instanceProfileId()).startsWith("AIPA");
            iam.tagInstanceProfile(r -> r.instanceProfileName("it-machines").tags(TEAM));
            assertThat(iam.listInstanceProfileTags(r -> r.instanceProfileName("it-machines"))
                            .tags())
                    .containsExactly(TEAM);
            iam.untagInstanceProfile(r -> r.instanceProfileName("it-machines").tagKeys("team"));
            iam.addRoleToInstanceProfile(
                    r -> r.instanceProfileName("it-machines").roleName("it-nodes"));
            assertThat(iam.getInstanceProfile(r -> r.instanceProfileName("it-machines"))
                            .instanceProfile()
                            .roles())
                    .extracting(Role::roleName)
                    .containsExactly("it-nodes");
            assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("it-nodes"))
                            .instanceProfiles())
                    .hasSize(1);
            assertThat(iam.listInstanceProfilesPaginator().instanceProfiles().stream()
                            .map(InstanceProfile::instanceProfileName))
                    .contains("it-machines");
            assertThat(iam.listRolesPaginator(r -> r.maxItems(1)).roles().stream()
                            .map(Role::roleName))
                    .contains("it-nodes", "SSMServiceRole");

            iam.removeRoleFromInstanceProfile(
                    r -> r.instanceProfileName("it-machines").roleName("it-nodes"));
            iam.deleteInstanceProfile(r -> r.instanceProfileName("it-machines"));
            iam.deleteRole(r -> r.roleName("it-nodes"));
        }
    }

    @Test
    void theAccountIsTold(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            assertThat(iam.getAccountSummary().summaryMapAsStrings())
                    .containsEntry("UsersQuota", 5000)
                    .containsEntry("AccessKeysPerUserQuota", 2);
            assertThat(iam.getAccountAuthorizationDetailsPaginator(r -> r.maxItems(1)).userDetailList().stream()
                            .map(user -> user.userName()))
                    .contains(live.get("adminUser"));
            assertThat(iam.listAccountAliases().accountAliases()).isEmpty();
            assertThat(iam.listVirtualMFADevices().virtualMFADevices()).isEmpty();
        }
    }
}
