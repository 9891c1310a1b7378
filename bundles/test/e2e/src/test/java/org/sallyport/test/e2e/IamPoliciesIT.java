package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

/** Policies, what has them, and simulations, by AWS's own SDK on a real server. */
@ExtendWith(LiveSystemExtension.class)
class IamPoliciesIT {
    private static final String START = Documents.allowing("ssm:StartSession", "*");
    private static final String RESUME = Documents.allowing("ssm:ResumeSession", "*");

    @Test
    void aPolicyHasVersions(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            Policy made = iam.createPolicy(r -> r.policyName("it-versions")
                            .path("/it/")
                            .policyDocument(START)
                            .description("starts")
                            .tags(Tag.builder().key("team").value("blue").build()))
                    .policy();
            String arn = made.arn();
            assertThat(arn).isEqualTo("arn:aws:iam::%s:policy/it/it-versions".formatted(live.get("accountId")));
            assertThat(made.policyId()).startsWith("ANPA");
            assertThat(made.defaultVersionId()).isEqualTo("v1");

            iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(RESUME).setAsDefault(true));
            iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(START));
            assertThat(iam.listPolicyVersionsPaginator(r -> r.policyArn(arn).maxItems(1)).versions().stream()
                            .map(version -> version.versionId() + version.isDefaultVersion()))
                    .containsExactly("v3false", "v2true", "v1false");
            PolicyVersion second =
                    iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v2")).policyVersion();
            assertThat(Documents.decoded(second.document())).isEqualTo(RESUME);

            iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v1"));
            iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v2"));
            iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v3"));
            Policy read = iam.getPolicy(r -> r.policyArn(arn)).policy();
            assertThat(read.defaultVersionId()).isEqualTo("v1");
            assertThat(read.description()).isEqualTo("starts");
            assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).hasSize(1);
            iam.untagPolicy(r -> r.policyArn(arn).tagKeys("team"));
            iam.tagPolicy(
                    r -> r.policyArn(arn).tags(Tag.builder().key("a").value("b").build()));
            assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags())
                    .extracting(Tag::key)
                    .containsExactly("a");
            iam.deletePolicy(r -> r.policyArn(arn));
        }
    }

    @Test
    void policiesAreListedByScopeUseAndPath(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            List<String> arns = IntStream.range(0, 3)
                    .mapToObj(i -> iam.createPolicy(r -> r.policyName("it-listed-" + i)
                                    .path("/it-listed/")
                                    .policyDocument(START))
                            .policy()
                            .arn())
                    .toList();
            iam.createUser(r -> r.userName("it-listed").permissionsBoundary(arns.get(2)));
            iam.attachUserPolicy(r -> r.userName("it-listed").policyArn(arns.get(1)));

            assertThat(iam
                            .listPoliciesPaginator(
                                    r -> r.pathPrefix("/it-listed/").maxItems(1))
                            .policies()
                            .stream()
                            .map(Policy::arn))
                    .containsExactlyElementsOf(arns);
            assertThat(iam.listPolicies(r -> r.pathPrefix("/it-listed/").onlyAttached(true))
                            .policies())
                    .extracting(Policy::arn)
                    .containsExactly(arns.get(1), arns.get(2));
            assertThat(iam.listPolicies(r -> r.pathPrefix("/it-listed/").policyUsageFilter("PermissionsBoundary"))
                            .policies())
                    .extracting(Policy::arn)
                    .containsExactly(arns.get(2));
            assertThat(iam.listPoliciesPaginator(r -> r.scope(PolicyScopeType.AWS)).policies().stream()
                            .map(Policy::arn))
                    .contains("arn:aws:iam::aws:policy/AdministratorAccess")
                    .noneMatch(arns::contains);
            assertThat(iam.listPoliciesPaginator(r -> r.scope(PolicyScopeType.LOCAL)).policies().stream()
                            .map(Policy::arn))
                    .containsAll(arns)
                    .noneMatch(arn -> arn.startsWith("arn:aws:iam::aws:"));

            iam.detachUserPolicy(r -> r.userName("it-listed").policyArn(arns.get(1)));
            iam.deleteUserPermissionsBoundary(r -> r.userName("it-listed"));
            iam.deleteUser(r -> r.userName("it-listed"));
            arns.forEach(arn -> iam.deletePolicy(r -> r.policyArn(arn)));
        }
    }

    @Test
    void usersGroupsAndRolesHavePolicies(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            String arn = iam.createPolicy(r -> r.policyName("it-had").policyDocument(START))
                    .policy()
                    .arn();
            iam.createUser(r -> r.userName("it-has"));
            iam.createGroup(r -> r.groupName("it-has"));
            iam.createRole(r -> r.roleName("it-has").assumeRolePolicyDocument(Documents.trusting("{\"AWS\":\"*\"}")));
            iam.attachUserPolicy(r -> r.userName("it-has").policyArn(arn));
            iam.attachGroupPolicy(r -> r.groupName("it-has").policyArn(arn));
            iam.attachRolePolicy(r -> r.roleName("it-has").policyArn(arn));
            iam.putUserPolicy(r -> r.userName("it-has").policyName("own").policyDocument(RESUME));
            iam.putGroupPolicy(r -> r.groupName("it-has").policyName("own").policyDocument(RESUME));
            iam.putRolePolicy(r -> r.roleName("it-has").policyName("own").policyDocument(RESUME));
            iam.putUserPermissionsBoundary(r -> r.userName("it-has").permissionsBoundary(arn));
            iam.putRolePermissionsBoundary(r -> r.roleName("it-has").permissionsBoundary(arn));

            AttachedPolicy had =
                    AttachedPolicy.builder().policyName("it-had").policyArn(arn).build();
            assertThat(iam.listAttachedUserPolicies(r -> r.userName("it-has")).attachedPolicies())
                    .containsExactly(had);
            assertThat(iam.listAttachedGroupPolicies(r -> r.groupName("it-has")).attachedPolicies())
                    .containsExactly(had);
            assertThat(iam.listAttachedRolePolicies(r -> r.roleName("it-has")).attachedPolicies())
                    .containsExactly(had);
            assertThat(Documents.decoded(
                            iam.getUserPolicy(r -> r.userName("it-has").policyName("own"))
                                    .policyDocument()))
                    .isEqualTo(RESUME);
            assertThat(Documents.decoded(
                            iam.getGroupPolicy(r -> r.groupName("it-has").policyName("own"))
                                    .policyDocument()))
                    .isEqualTo(RESUME);
            assertThat(Documents.decoded(
                            iam.getRolePolicy(r -> r.roleName("it-has").policyName("own"))
                                    .policyDocument()))
                    .isEqualTo(RESUME);
            assertThat(iam.listUserPolicies(r -> r.userName("it-has")).policyNames())
                    .containsExactly("own");
            assertThat(iam.listGroupPolicies(r -> r.groupName("it-has")).policyNames())
                    .containsExactly("own");
            assertThat(iam.listRolePolicies(r -> r.roleName("it-has")).policyNames())
                    .containsExactly("own");
            assertThat(iam.getRole(r -> r.roleName("it-has"))
                            .role()
                            .permissionsBoundary()
                            .permissionsBoundaryArn())
                    .isEqualTo(arn);

            var entities =
                    iam.listEntitiesForPolicyPaginator(r -> r.policyArn(arn).maxItems(1));
            assertThat(entities.policyUsers())
                    .extracting(user -> user.userName())
                    .contains("it-has");
            assertThat(entities.policyGroups())
                    .extracting(group -> group.groupName())
                    .contains("it-has");
            assertThat(entities.policyRoles())
                    .extracting(role -> role.roleName())
                    .contains("it-has");

            iam.deleteUserPermissionsBoundary(r -> r.userName("it-has"));
            iam.deleteRolePermissionsBoundary(r -> r.roleName("it-has"));
            iam.deleteUserPolicy(r -> r.userName("it-has").policyName("own"));
            iam.deleteGroupPolicy(r -> r.groupName("it-has").policyName("own"));
            iam.deleteRolePolicy(r -> r.roleName("it-has").policyName("own"));
            iam.detachUserPolicy(r -> r.userName("it-has").policyArn(arn));
            iam.detachGroupPolicy(r -> r.groupName("it-has").policyArn(arn));
            iam.detachRolePolicy(r -> r.roleName("it-has").policyArn(arn));
            iam.deleteUser(r -> r.userName("it-has"));
            iam.deleteGroup(r -> r.groupName("it-has"));
            iam.deleteRole(r -> r.roleName("it-has"));
            iam.deletePolicy(r -> r.policyArn(arn));
        }
    }

    @Test
    void whatWouldBeDecidedIsTold(LiveSystem live) {
        try (IamClient iam = Clients.iam(live)) {
            List<EvaluationResult> custom = iam
                    .simulateCustomPolicyPaginator(r -> r.policyInputList(
                                    START, Documents.denying("ssm:StartSession", "arn:aws:ssm:*:*:document/secret"))
                            .actionNames("ssm:StartSession", "ssm:ResumeSession")
                            .resourceArns(
                                    "arn:aws:ssm:onprem-1:1:document/secret", "arn:aws:ssm:onprem-1:1:document/plain")
                            .maxItems(1))
                    .evaluationResults()
                    .stream()
                    .toList();
            assertThat(custom)
                    .extracting(result -> result.evalActionName() + " " + result.evalDecisionAsString())
                    .containsExactly(
                            "ssm:StartSession explicitDeny",
                            "ssm:StartSession allowed",
                            "ssm:ResumeSession implicitDeny",
                            "ssm:ResumeSession implicitDeny");
            assertThat(custom.get(0).matchedStatements()).singleElement().satisfies(statement -> {
                assertThat(statement.sourcePolicyId()).isEqualTo("PolicyInputList.2");
                assertThat(statement.startPosition().line()).isEqualTo(1);
            });

            String admin = iam.getUser().user().arn();
            assertThat(iam.simulatePrincipalPolicy(r -> r.policySourceArn(admin).actionNames("ssm:StartSession"))
                            .evaluationResults())
                    .singleElement()
                    .satisfies(
                            result -> assertThat(result.evalDecisionAsString()).isEqualTo("allowed"));
            assertThat(iam.getContextKeysForCustomPolicy(r -> r.policyInputList(START.replace(
                                    "\"Effect\"",
                                    "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}},\"Effect\"")))
                            .contextKeyNames())
                    .containsExactly("aws:SecureTransport");
            assertThat(iam.getContextKeysForPrincipalPolicy(r -> r.policySourceArn(admin))
                            .contextKeyNames())
                    .isEmpty();
        }
    }
}
