package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.Account.Part;
import org.sallyport.api.page.PageRequest;
import org.sallyport.front.aws.Recorder.Asked;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** The account as a whole, and what it never has, as AWS's own client reads it. */
class IamAccountTest {
    private final Front front = new Front();
    private final IamClient iam = AwsClients.iam(front);
    private final Recorder<Account> account = front.iam.account;

    @Test
    void theSummaryIsTold() {
        assertThat(iam.getAccountSummary().summaryMapAsStrings())
                .containsEntry("Users", 3)
                .containsEntry("UsersQuota", 5000)
                .hasSize(2);
        assertThat(account.last()).isEqualTo(Asked.byCaller("summary"));
    }

    @Test
    void theDetailsAreTold() {
        var details = iam.getAccountAuthorizationDetails(r -> r.maxItems(4).marker("m"));

        assertThat(account.last())
                .isEqualTo(Asked.byCaller("details", EnumSet.allOf(Part.class), new PageRequest(4, Optional.of("m"))));
        assertThat(details.isTruncated()).isTrue();
        assertThat(details.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(details.userDetailList()).singleElement().satisfies(user -> {
            assertThat(user.userName()).isEqualTo("bob");
            assertThat(user.groupList()).containsExactly("admins");
            assertThat(user.userPolicyList().get(0).policyName()).isEqualTo("Extra");
            assertThat(user.userPolicyList().get(0).policyDocument()).startsWith("%7B%22");
            assertThat(user.attachedManagedPolicies().get(0).policyArn()).isEqualTo(FakeIam.POLICY);
            assertThat(user.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(FakeIam.LIMIT);
            assertThat(user.tags()).hasSize(1);
        });
        assertThat(details.groupDetailList()).singleElement().satisfies(group -> {
            assertThat(group.groupName()).isEqualTo("admins");
            assertThat(group.groupPolicyList()).hasSize(1);
            assertThat(group.attachedManagedPolicies()).hasSize(1);
        });
        assertThat(details.roleDetailList()).singleElement().satisfies(role -> {
            assertThat(role.roleName()).isEqualTo("Nodes");
            assertThat(role.assumeRolePolicyDocument()).startsWith("%7B%22");
            assertThat(role.instanceProfileList().get(0).instanceProfileName()).isEqualTo("Machines");
            assertThat(role.rolePolicyList()).hasSize(1);
            assertThat(role.attachedManagedPolicies()).hasSize(1);
            assertThat(role.roleLastUsed().region()).isEqualTo("onprem-1");
        });
        assertThat(details.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.policyName()).isEqualTo("Shells");
            assertThat(policy.policyVersionList().get(0).versionId()).isEqualTo("v2");
            assertThat(policy.policyVersionList().get(0).document()).startsWith("%7B%22");
        });
    }

    @Test
    void partsOfTheDetailsAreTold() {
        iam.getAccountAuthorizationDetails(r -> r.filter(
                EntityType.USER,
                EntityType.GROUP,
                EntityType.ROLE,
                EntityType.LOCAL_MANAGED_POLICY,
                EntityType.AWS_MANAGED_POLICY));
        assertThat(account.last().arguments()).contains(EnumSet.allOf(Part.class));

        iam.getAccountAuthorizationDetails(r -> r.filter(EntityType.ROLE, EntityType.LOCAL_MANAGED_POLICY));
        assertThat(account.last().arguments()).contains(EnumSet.of(Part.ROLES, Part.LOCAL_POLICIES));
    }

    @Test
    void secondFactorsAreDevices() {
        assertThat(iam.listMFADevices(r -> r.userName("bob")).mfaDevices())
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.userName()).isEqualTo("bob");
                    assertThat(device.serialNumber()).isEqualTo(FakeIam.SERIAL);
                });
        assertThat(account.last()).isEqualTo(Asked.byCaller("devices", Optional.of("bob")));

        var page = iam.listVirtualMFADevices(r -> r.assignmentStatus("Assigned").maxItems(1));
        assertThat(page.virtualMFADevices()).singleElement().satisfies(device -> {
            assertThat(device.user().userName()).isEqualTo("bob");
            assertThat(device.serialNumber()).isEqualTo(FakeIam.SERIAL);
        });
        assertThat(page.marker()).isEqualTo(FakeIam.MARKER);
        assertThat(account.last()).isEqualTo(Asked.byCaller("allDevices", PageRequest.first(1)));
        assertThat(iam.listVirtualMFADevices(r -> r.assignmentStatus("Unassigned"))
                        .virtualMFADevices())
                .isEmpty();
    }

    @Test
    void devicesAreDeactivatedByTheirOwnSerialNumberOnly() {
        iam.deactivateMFADevice(r -> r.userName("bob").serialNumber(FakeIam.SERIAL));
        assertThat(front.iam.factors.last()).isEqualTo(Asked.byCaller("reset", "bob"));

        assertThatThrownBy(
                        () -> iam.deactivateMFADevice(r -> r.userName("carol").serialNumber(FakeIam.SERIAL)))
                .isInstanceOf(NoSuchEntityException.class);
        assertThat(front.iam.factors.last()).isEqualTo(Asked.byCaller("reset", "bob"));
        assertThat(account.last())
                .isEqualTo(Asked.byCaller("requireUser", "iam:DeactivateMFADevice", Optional.of("carol")));

        iam.deleteVirtualMFADevice(r -> r.serialNumber(FakeIam.SERIAL));
        assertThat(account.last()).isEqualTo(Asked.byCaller("deleteDevice", FakeIam.SERIAL));
    }

    @Test
    void whatAnAccountNeverHasIsAnEmptyListForWhoMayAsk() {
        assertThat(iam.listAccountAliases().accountAliases()).isEmpty();
        decided("iam:ListAccountAliases");
        assertThat(iam.listServerCertificates().serverCertificateMetadataList()).isEmpty();
        decided("iam:ListServerCertificates");
        assertThat(iam.listSAMLProviders().samlProviderList()).isEmpty();
        decided("iam:ListSAMLProviders");
        assertThatThrownBy(iam::getAccountPasswordPolicy).isInstanceOf(NoSuchEntityException.class);
        decided("iam:GetAccountPasswordPolicy");
    }

    private void decided(String action) {
        assertThat(front.decisions.asked).last().isEqualTo(new AccessRequest(KnownKeyVerifier.CALLER, action, "*"));
    }

    @Test
    void whatAnAccountNeverHasIsNotToldToOthers() {
        front.decisions.allow = false;

        denied(IamClient::listAccountAliases);
        denied(IamClient::listServerCertificates);
        denied(IamClient::listSAMLProviders);
        denied(IamClient::getAccountPasswordPolicy);
    }

    private void denied(Consumer<IamClient> call) {
        assertThatThrownBy(() -> call.accept(iam)).isInstanceOfSatisfying(IamException.class, e -> assertThat(
                        e.awsErrorDetails().errorCode())
                .isEqualTo("AccessDenied"));
    }

    @Test
    void whatUsersNeverHaveIsAnEmptyList() {
        assertThat(iam.listSSHPublicKeys(r -> r.userName("bob")).sshPublicKeys())
                .isEmpty();
        assertThat(account.last())
                .isEqualTo(Asked.byCaller("requireUser", "iam:ListSSHPublicKeys", Optional.of("bob")));
        assertThat(iam.listSigningCertificates().certificates()).isEmpty();
        assertThat(account.last())
                .isEqualTo(Asked.byCaller("requireUser", "iam:ListSigningCertificates", Optional.empty()));
        assertThat(iam.listServiceSpecificCredentials(r -> r.userName("bob")).serviceSpecificCredentials())
                .isEmpty();
        assertThat(account.last())
                .isEqualTo(Asked.byCaller("requireUser", "iam:ListServiceSpecificCredentials", Optional.of("bob")));
    }
}
