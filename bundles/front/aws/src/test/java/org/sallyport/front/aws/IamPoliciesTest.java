package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.aws.Recorder.Asked;
import software.amazon.awssdk.services.iam.IamClient;

/** Policies and what has them, as AWS's own client writes and reads them. */
class IamPoliciesTest {
    private final Front front = new Front();
    private final IamClient iam = AwsClients.iam(front);
    private final Recorder<ManagedPolicies> policies = front.iam.policies;
    private final Recorder<Attachments> attachments = front.iam.attachments;
    private final Recorder<InlinePolicies> inline = front.iam.inline;
    private final Recorder<Boundaries> boundaries = front.iam.boundaries;

    private static void isShells(software.amazon.awssdk.services.iam.model.Policy policy) {
        assertThat(policy.policyName()).isEqualTo("Shells");
        assertThat(policy.policyId()).isEqualTo(FakeIam.MANAGED.id());
        assertThat(policy.arn()).isEqualTo(FakeIam.POLICY);
        assertThat(policy.path()).isEqualTo("/ops/");
        assertThat(policy.defaultVersionId()).isEqualTo("v2");
        assertThat(policy.attachmentCount()).isEqualTo(3);
        assertThat(policy.permissionsBoundaryUsageCount()).isEqualTo(1);
        assertThat(policy.isAttachable()).isTrue();
        assertThat(policy.description()).isEqualTo("shells");
        assertThat(policy.createDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(policy.updateDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
        assertThat(policy.tags()).hasSize(1);
    }

    private static void isSecond(software.amazon.awssdk.services.iam.model.PolicyVersion version) {
        assertThat(version.versionId()).isEqualTo("v2");
        assertThat(version.isDefaultVersion()).isTrue();
        assertThat(version.createDate()).isEqualTo(FakeIam.MADE.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void managedPoliciesAreMadeReadAndDeleted() {
        isShells(iam.createPolicy(r -> r.policyName("Shells")
                        .path("/ops/")
                        .policyDocument(FakeIam.DOCUMENT)
                        .description("shells")
                        .tags(AwsClients.tag("team", "blue + réd")))
                .policy());
        assertThat(policies.last())
                .isEqualTo(Asked.byCaller(
                        "create",
                        new ManagedPolicies.NewPolicy(
                                "Shells", "/ops/", FakeIam.DOCUMENT, "shells", List.of(FakeIam.TEAM))));

        isShells(iam.getPolicy(r -> r.policyArn(FakeIam.POLICY)).policy());
        assertThat(policies.last()).isEqualTo(Asked.byCaller("get", FakeIam.POLICY));
        iam.deletePolicy(r -> r.policyArn(FakeIam.POLICY));
        assertThat(policies.last()).isEqualTo(Asked.byCaller("delete", FakeIam.POLICY));
    }

    @ParameterizedTest
    @CsvSource({"All, ALL", "AWS, AWS", "Local, LOCAL"})
    void managedPoliciesAreListed(String scope, ManagedPolicies.Scope wanted) {
        var page = iam.listPolicies(r -> r.scope(scope)
                .onlyAttached(true)
                .pathPrefix("/ops/")
                .policyUsageFilter("PermissionsBoundary")
                .maxItems(9)
                .marker("m"));

        assertThat(page.policies()).singleElement().satisfies(IamPoliciesTest::isShells);
        assertThat(page.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(policies.last())
                .isEqualTo(Asked.byCaller(
                        "list",
                        new ManagedPolicies.Wanted(
                                wanted,
                                true,
                                Optional.of(ManagedPolicies.Usage.BOUNDARY),
                                new Listed("/ops/", new PageRequest(9, Optional.of("m"))))));
    }

    @Test
    void allManagedPoliciesAreListedWhenNothingIsSaid() {
        iam.listPolicies();

        assertThat(policies.last())
                .isEqualTo(Asked.byCaller(
                        "list",
                        new ManagedPolicies.Wanted(
                                ManagedPolicies.Scope.ALL,
                                false,
                                Optional.empty(),
                                Listed.all(PageRequest.first(100)))));
    }

    @Test
    void versionsAreMadeReadAndDeleted() {
        var made = iam.createPolicyVersion(r ->
                r.policyArn(FakeIam.POLICY).policyDocument(FakeIam.DOCUMENT).setAsDefault(true));
        isSecond(made.policyVersion());
        assertThat(made.policyVersion().document()).isNull();
        assertThat(policies.last()).isEqualTo(Asked.byCaller("createVersion", FakeIam.POLICY, FakeIam.DOCUMENT, true));

        var version = iam.getPolicyVersion(r -> r.policyArn(FakeIam.POLICY).versionId("v2"))
                .policyVersion();
        isSecond(version);
        assertThat(URLDecoder.decode(version.document(), StandardCharsets.UTF_8))
                .isEqualTo(FakeIam.DOCUMENT);
        assertThat(policies.last()).isEqualTo(Asked.byCaller("version", FakeIam.POLICY, "v2"));

        var page = iam.listPolicyVersions(r -> r.policyArn(FakeIam.POLICY).maxItems(1));
        assertThat(page.versions()).singleElement().satisfies(IamPoliciesTest::isSecond);
        assertThat(page.isTruncated()).isTrue();
        assertThat(policies.last()).isEqualTo(Asked.byCaller("versions", FakeIam.POLICY, PageRequest.first(1)));

        iam.setDefaultPolicyVersion(r -> r.policyArn(FakeIam.POLICY).versionId("v1"));
        assertThat(policies.last()).isEqualTo(Asked.byCaller("setDefault", FakeIam.POLICY, "v1"));
        iam.deletePolicyVersion(r -> r.policyArn(FakeIam.POLICY).versionId("v1"));
        assertThat(policies.last()).isEqualTo(Asked.byCaller("deleteVersion", FakeIam.POLICY, "v1"));
    }

    @Test
    void policiesAreAttachedAndDetached() {
        iam.attachUserPolicy(r -> r.userName("bob").policyArn(FakeIam.POLICY));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("attach", Owner.user("bob"), FakeIam.POLICY));
        iam.attachGroupPolicy(r -> r.groupName("admins").policyArn(FakeIam.POLICY));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("attach", Owner.group("admins"), FakeIam.POLICY));
        iam.attachRolePolicy(r -> r.roleName("Nodes").policyArn(FakeIam.POLICY));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("attach", Owner.role("Nodes"), FakeIam.POLICY));

        iam.detachUserPolicy(r -> r.userName("bob").policyArn(FakeIam.POLICY));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("detach", Owner.user("bob"), FakeIam.POLICY));
        iam.detachGroupPolicy(r -> r.groupName("admins").policyArn(FakeIam.POLICY));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("detach", Owner.group("admins"), FakeIam.POLICY));
        iam.detachRolePolicy(r -> r.roleName("Nodes").policyArn(FakeIam.POLICY));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("detach", Owner.role("Nodes"), FakeIam.POLICY));
    }

    @Test
    void attachedPoliciesAreListed() {
        Listed listed = new Listed("/ops/", new PageRequest(5, Optional.of("m")));

        var ofUser = iam.listAttachedUserPolicies(
                r -> r.userName("bob").pathPrefix("/ops/").maxItems(5).marker("m"));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("list", Owner.user("bob"), listed));
        var ofGroup = iam.listAttachedGroupPolicies(
                r -> r.groupName("admins").pathPrefix("/ops/").maxItems(5).marker("m"));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("list", Owner.group("admins"), listed));
        var ofRole = iam.listAttachedRolePolicies(
                r -> r.roleName("Nodes").pathPrefix("/ops/").maxItems(5).marker("m"));
        assertThat(attachments.last()).isEqualTo(Asked.byCaller("list", Owner.role("Nodes"), listed));

        assertThat(ofUser.attachedPolicies()).singleElement().satisfies(policy -> {
            assertThat(policy.policyName()).isEqualTo("Shells");
            assertThat(policy.policyArn()).isEqualTo(FakeIam.POLICY);
        });
        assertThat(ofGroup.attachedPolicies()).isEqualTo(ofUser.attachedPolicies());
        assertThat(ofRole.attachedPolicies()).isEqualTo(ofUser.attachedPolicies());
        assertThat(ofRole.marker()).isEqualTo(FakeIam.MARKER);
    }

    @ParameterizedTest
    @CsvSource({"User, USER", "Group, GROUP", "Role, ROLE", "LocalManagedPolicy, POLICY"})
    void whatHasAPolicyIsListed(String filter, EntityKind kind) {
        var page = iam.listEntitiesForPolicy(r -> r.policyArn(FakeIam.POLICY)
                .entityFilter(filter)
                .policyUsageFilter("PermissionsPolicy")
                .pathPrefix("/ops/"));

        assertThat(page.policyGroups()).singleElement().satisfies(group -> {
            assertThat(group.groupName()).isEqualTo("admins");
            assertThat(group.groupId()).isEqualTo(FakeIam.GROUP.id());
        });
        assertThat(page.policyRoles()).singleElement().satisfies(role -> {
            assertThat(role.roleName()).isEqualTo("Nodes");
            assertThat(role.roleId()).isEqualTo(FakeIam.ROLE.id());
        });
        assertThat(page.policyUsers()).singleElement().satisfies(user -> {
            assertThat(user.userName()).isEqualTo("bob");
            assertThat(user.userId()).isEqualTo(FakeIam.USER.id());
        });
        assertThat(page.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(attachments.last())
                .isEqualTo(Asked.byCaller(
                        "entities",
                        new Attachments.Used(
                                FakeIam.POLICY,
                                Optional.of(kind),
                                Optional.of(ManagedPolicies.Usage.PERMISSIONS),
                                new Listed("/ops/", PageRequest.first(100)))));
    }

    @Test
    void policiesInLineArePutAndDeleted() {
        iam.putUserPolicy(r -> r.userName("bob").policyName("Extra").policyDocument(FakeIam.DOCUMENT));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("put", Owner.user("bob"), "Extra", FakeIam.DOCUMENT));
        iam.putGroupPolicy(r -> r.groupName("admins").policyName("Extra").policyDocument(FakeIam.DOCUMENT));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("put", Owner.group("admins"), "Extra", FakeIam.DOCUMENT));
        iam.putRolePolicy(r -> r.roleName("Nodes").policyName("Extra").policyDocument(FakeIam.DOCUMENT));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("put", Owner.role("Nodes"), "Extra", FakeIam.DOCUMENT));

        iam.deleteUserPolicy(r -> r.userName("bob").policyName("Extra"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("delete", Owner.user("bob"), "Extra"));
        iam.deleteGroupPolicy(r -> r.groupName("admins").policyName("Extra"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("delete", Owner.group("admins"), "Extra"));
        iam.deleteRolePolicy(r -> r.roleName("Nodes").policyName("Extra"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("delete", Owner.role("Nodes"), "Extra"));
    }

    @Test
    void policiesInLineAreRead() {
        var ofUser = iam.getUserPolicy(r -> r.userName("bob").policyName("Extra"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("get", Owner.user("bob"), "Extra"));
        var ofGroup = iam.getGroupPolicy(r -> r.groupName("admins").policyName("Extra"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("get", Owner.group("admins"), "Extra"));
        var ofRole = iam.getRolePolicy(r -> r.roleName("Nodes").policyName("Extra"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("get", Owner.role("Nodes"), "Extra"));

        assertThat(ofUser.userName()).isEqualTo("bob");
        assertThat(ofUser.policyName()).isEqualTo("Extra");
        assertThat(ofGroup.groupName()).isEqualTo("admins");
        assertThat(ofRole.roleName()).isEqualTo("Nodes");
        for (String document : List.of(ofUser.policyDocument(), ofGroup.policyDocument(), ofRole.policyDocument())) {
            assertThat(URLDecoder.decode(document, StandardCharsets.UTF_8)).isEqualTo(FakeIam.DOCUMENT);
        }
    }

    @Test
    void policiesInLineAreListed() {
        var ofUser = iam.listUserPolicies(r -> r.userName("bob").maxItems(1).marker("m"));
        assertThat(inline.last())
                .isEqualTo(Asked.byCaller("list", Owner.user("bob"), new PageRequest(1, Optional.of("m"))));
        var ofGroup = iam.listGroupPolicies(r -> r.groupName("admins"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("list", Owner.group("admins"), PageRequest.first(100)));
        var ofRole = iam.listRolePolicies(r -> r.roleName("Nodes"));
        assertThat(inline.last()).isEqualTo(Asked.byCaller("list", Owner.role("Nodes"), PageRequest.first(100)));

        assertThat(ofUser.policyNames()).containsExactly("Extra");
        assertThat(ofUser.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(ofGroup.policyNames()).containsExactly("Extra");
        assertThat(ofRole.policyNames()).containsExactly("Extra");
        assertThat(ofRole.isTruncated()).isTrue();
    }

    @Test
    void boundariesArePutAndDeleted() {
        iam.putUserPermissionsBoundary(r -> r.userName("bob").permissionsBoundary(FakeIam.LIMIT));
        assertThat(boundaries.last()).isEqualTo(Asked.byCaller("put", Owner.user("bob"), FakeIam.LIMIT));
        iam.putRolePermissionsBoundary(r -> r.roleName("Nodes").permissionsBoundary(FakeIam.LIMIT));
        assertThat(boundaries.last()).isEqualTo(Asked.byCaller("put", Owner.role("Nodes"), FakeIam.LIMIT));
        iam.deleteUserPermissionsBoundary(r -> r.userName("bob"));
        assertThat(boundaries.last()).isEqualTo(Asked.byCaller("delete", Owner.user("bob")));
        iam.deleteRolePermissionsBoundary(r -> r.roleName("Nodes"));
        assertThat(boundaries.last()).isEqualTo(Asked.byCaller("delete", Owner.role("Nodes")));
    }
}
