package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * The calls that Terraform's provider for AWS makes for a configuration with a user, a role, a policy, attachments and an instance profile, in
 * its order: apply, plan again, change, destroy. Emulated, because Terraform itself is not among what the build can have.
 */
@ExtendWith(LiveSystemExtension.class)
class TerraformCallsIT {
    private static final String FIRST = Documents.allowing("ssm:StartSession", "*");
    private static final String SECOND = Documents.allowing("ssm:ResumeSession", "*");
    private static final Tag TAG =
            Tag.builder().key("managed-by").value("terraform").build();

    private IamClient iam;
    private String policy;

    @Test
    void aConfigurationIsAppliedReadChangedAndDestroyed(LiveSystem live) {
        try (IamClient client = Clients.iam(live);
                var sts = Clients.sts(live)) {
            iam = client;
            assertThat(sts.getCallerIdentity().account()).isEqualTo(live.get("accountId"));
            apply();
            refresh(FIRST);
            change();
            refresh(SECOND);
            destroy();
        }
    }

    private void apply() {
        iam.createUser(r -> r.userName("it-tf").path("/").tags(TAG));
        policy = iam.createPolicy(r -> r.policyName("it-tf")
                        .path("/")
                        .description("")
                        .policyDocument(FIRST)
                        .tags(TAG))
                .policy()
                .arn();
        iam.createRole(r -> r.roleName("it-tf")
                .path("/")
                .assumeRolePolicyDocument(Documents.trusting("{\"Service\":\"ssm.amazonaws.com\"}"))
                .maxSessionDuration(3600)
                .tags(TAG));
        iam.putRolePolicy(r -> r.roleName("it-tf").policyName("extra").policyDocument(FIRST));
        iam.attachUserPolicy(r -> r.userName("it-tf").policyArn(policy));
        iam.attachRolePolicy(r -> r.roleName("it-tf").policyArn(policy));
        iam.createInstanceProfile(r -> r.instanceProfileName("it-tf").path("/").tags(TAG));
        iam.getInstanceProfile(r -> r.instanceProfileName("it-tf"));
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName("it-tf").roleName("it-tf"));
        iam.createAccessKey(r -> r.userName("it-tf"));
    }

    /** What a plan reads; it compares documents as JSON and everything else as it is. */
    private void refresh(String document) {
        var user = iam.getUser(r -> r.userName("it-tf")).user();
        assertThat(user.path()).isEqualTo("/");
        assertThat(user.tags()).containsExactly(TAG);
        assertThat(user.permissionsBoundary()).isNull();

        var read = iam.getPolicy(r -> r.policyArn(policy)).policy();
        assertThat(read.description()).isNull();
        assertThat(read.tags()).containsExactly(TAG);
        assertThat(Documents.decoded(
                        iam.getPolicyVersion(r -> r.policyArn(policy).versionId(read.defaultVersionId()))
                                .policyVersion()
                                .document()))
                .isEqualTo(document);

        Role role = iam.getRole(r -> r.roleName("it-tf")).role();
        assertThat(role.maxSessionDuration()).isEqualTo(3600);
        assertThat(role.tags()).containsExactly(TAG);
        assertThat(role.arn()).startsWith("arn:aws:iam::");
        assertThat(iam.listRolePolicies(r -> r.roleName("it-tf")).policyNames()).containsExactly("extra");
        assertThat(Documents.decoded(iam.getRolePolicy(r -> r.roleName("it-tf").policyName("extra"))
                        .policyDocument()))
                .isEqualTo(FIRST);
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("it-tf")).attachedPolicies())
                .hasSize(1);
        assertThat(iam.listAttachedUserPolicies(r -> r.userName("it-tf")).attachedPolicies())
                .hasSize(1);

        var profile =
                iam.getInstanceProfile(r -> r.instanceProfileName("it-tf")).instanceProfile();
        assertThat(profile.roles()).extracting(Role::roleName).containsExactly("it-tf");
        assertThat(profile.tags()).containsExactly(TAG);
        assertThat(iam.listAccessKeys(r -> r.userName("it-tf")).accessKeyMetadata())
                .hasSize(1);
    }

    /** A change of the document is a new version first, and its default afterwards. */
    private void change() {
        assertThat(iam.listPolicyVersions(r -> r.policyArn(policy)).versions()).hasSize(1);
        String version = iam.createPolicyVersion(
                        r -> r.policyArn(policy).policyDocument(SECOND).setAsDefault(false))
                .policyVersion()
                .versionId();
        iam.setDefaultPolicyVersion(r -> r.policyArn(policy).versionId(version));
        iam.updateRoleDescription(r -> r.roleName("it-tf").description(""));
    }

    /** With {@code force_destroy} of the user and {@code force_detach_policies} of the role. */
    private void destroy() {
        iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName("it-tf").roleName("it-tf"));
        iam.deleteInstanceProfile(r -> r.instanceProfileName("it-tf"));
        iam.detachUserPolicy(r -> r.userName("it-tf").policyArn(policy));

        assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("it-tf")).instanceProfiles())
                .isEmpty();
        iam.listAttachedRolePolicies(r -> r.roleName("it-tf"))
                .attachedPolicies()
                .forEach(attached ->
                        iam.detachRolePolicy(r -> r.roleName("it-tf").policyArn(attached.policyArn())));
        iam.listRolePolicies(r -> r.roleName("it-tf"))
                .policyNames()
                .forEach(name -> iam.deleteRolePolicy(r -> r.roleName("it-tf").policyName(name)));
        iam.deleteRole(r -> r.roleName("it-tf"));

        iam.listPolicyVersions(r -> r.policyArn(policy)).versions().stream()
                .filter(version -> !version.isDefaultVersion())
                .forEach(version ->
                        iam.deletePolicyVersion(r -> r.policyArn(policy).versionId(version.versionId())));
        iam.deletePolicy(r -> r.policyArn(policy));

        assertThat(iam.listGroupsForUser(r -> r.userName("it-tf")).groups()).isEmpty();
        iam.listAccessKeys(r -> r.userName("it-tf"))
                .accessKeyMetadata()
                .forEach(key -> iam.deleteAccessKey(r -> r.userName("it-tf").accessKeyId(key.accessKeyId())));
        assertThat(iam.listSSHPublicKeys(r -> r.userName("it-tf")).sshPublicKeys())
                .isEmpty();
        assertThat(iam.listVirtualMFADevices(r -> r.assignmentStatus("Assigned"))
                        .virtualMFADevices())
                .isEmpty();
        assertThat(iam.listMFADevices(r -> r.userName("it-tf")).mfaDevices()).isEmpty();
        assertThatThrownBy(() -> iam.deleteLoginProfile(r -> r.userName("it-tf")))
                .isInstanceOf(NoSuchEntityException.class);
        assertThat(iam.listSigningCertificates(r -> r.userName("it-tf")).certificates())
                .isEmpty();
        assertThat(iam.listServiceSpecificCredentials(r -> r.userName("it-tf")).serviceSpecificCredentials())
                .isEmpty();
        iam.deleteUser(r -> r.userName("it-tf"));
        assertThatThrownBy(() -> iam.getUser(r -> r.userName("it-tf"))).isInstanceOf(NoSuchEntityException.class);
    }
}
