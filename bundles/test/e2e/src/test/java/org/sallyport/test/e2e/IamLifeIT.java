package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The life of one of each thing by AWS's SDK: each operation of IAM and STS that is served is called and does what it is asked. */
@ExtendWith(LiveSystemExtension.class)
class IamLifeIT {
    private static final String NAME = "it-life";
    private static final String PASSWORD = "correct horse battery";
    private static final String START = Documents.allowing("ssm:StartSession", "*");
    private static final String OTHER = Documents.allowing("ssm:ResumeSession", "*");
    private static final String TRUST = Documents.trusting("{\"AWS\":\"*\"}");
    private static final List<Tag> TAGS =
            List.of(Tag.builder().key("a").value("b").build());

    /** What never succeeds, or needs an issuer of tokens. */
    private static final Set<String> ELSEWHERE =
            Set.of("AssumeRoleWithWebIdentity", "DeleteVirtualMFADevice", "GetAccountPasswordPolicy");

    private final Set<String> called = new TreeSet<>();
    private SdkCalls iam;
    private SdkCalls sts;
    private String account;
    private String policy;

    @Test
    void eachOperationDoesWhatItIsAskedFor(LiveSystem live) throws Exception {
        account = live.get("accountId");
        policy = "arn:aws:iam::" + account + ":policy/" + NAME;
        try (IamClient iamClient = Clients.iam(live);
                StsClient stsClient = Clients.sts(live)) {
            iam = new SdkCalls(iamClient, IamClient.class);
            sts = new SdkCalls(stsClient, StsClient.class);
            begin();
            policies();
            ties();
            roles();
            credentials(live);
            simulations();
            lists();
            sessions(live);
            end();
        }
        Set<String> served = new TreeSet<>();
        Stream.of("iam", "sts")
                .forEach(service -> served.addAll(ServedOperations.of(service).names()));
        served.removeAll(ELSEWHERE);
        assertThat(called).isEqualTo(served);
    }

    /** @param members names and values in turn */
    private SdkPojo call(SdkCalls client, String operation, Object... members) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        called.add(operation);
        try {
            return client.call(operation, all);
        } catch (AwsServiceException e) {
            throw new AssertionError(operation + " was refused", e);
        }
    }

    private SdkPojo call(String operation, Object... members) {
        return call(iam, operation, members);
    }

    private SdkPojo callSts(String operation, Object... members) {
        return call(sts, operation, members);
    }

    private static Object member(SdkPojo answer, String... path) {
        Object value = answer;
        for (String name : path) {
            SdkPojo of = (SdkPojo) value;
            SdkField<?> field = of.sdkFields().stream()
                    .filter(one -> one.memberName().equals(name))
                    .findFirst()
                    .orElseThrow();
            value = field.getValueOrDefault(of);
        }
        return value;
    }

    private void begin() {
        call("CreateUser", "UserName", NAME);
        assertThat(member(call("GetUser", "UserName", NAME), "User", "Path")).isEqualTo("/");
        call("UpdateUser", "UserName", NAME, "NewPath", "/life/");
        assertThat(member(call("GetUser", "UserName", NAME), "User", "Path")).isEqualTo("/life/");
        call("CreateGroup", "GroupName", NAME);
        call("UpdateGroup", "GroupName", NAME, "NewPath", "/life/");
        call("AddUserToGroup", "GroupName", NAME, "UserName", NAME);
        assertThat((List<?>) member(call("GetGroup", "GroupName", NAME), "Users"))
                .hasSize(1);
        call("CreateRole", "RoleName", NAME, "AssumeRolePolicyDocument", TRUST);
        call("CreateInstanceProfile", "InstanceProfileName", NAME);
        call("AddRoleToInstanceProfile", "InstanceProfileName", NAME, "RoleName", NAME);
        call("GetInstanceProfile", "InstanceProfileName", NAME);
        call("CreatePolicy", "PolicyName", NAME, "PolicyDocument", START);
        for (String kind : List.of("User", "Role", "InstanceProfile", "Policy")) {
            String[] of =
                    kind.equals("Policy") ? new String[] {"PolicyArn", policy} : new String[] {kind + "Name", NAME};
            call("Tag" + kind, of[0], of[1], "Tags", TAGS);
            assertThat(member(call("List" + kind + "Tags", of[0], of[1]), "Tags"))
                    .isEqualTo(TAGS);
            call("Untag" + kind, of[0], of[1], "TagKeys", List.of("a"));
            assertThat(member(call("List" + kind + "Tags", of[0], of[1]), "Tags"))
                    .isEqualTo(List.of());
        }
    }

    private void policies() {
        call("CreatePolicyVersion", "PolicyArn", policy, "PolicyDocument", OTHER);
        call("SetDefaultPolicyVersion", "PolicyArn", policy, "VersionId", "v2");
        assertThat(member(call("GetPolicy", "PolicyArn", policy), "Policy", "DefaultVersionId"))
                .isEqualTo("v2");
        assertThat(Documents.decoded((String) member(
                        call("GetPolicyVersion", "PolicyArn", policy, "VersionId", "v2"), "PolicyVersion", "Document")))
                .isEqualTo(OTHER);
        call("DeletePolicyVersion", "PolicyArn", policy, "VersionId", "v1");
        assertThat((List<?>) member(call("ListPolicyVersions", "PolicyArn", policy), "Versions"))
                .hasSize(1);
    }

    private void ties() {
        for (String kind : List.of("User", "Group", "Role")) {
            String owner = kind + "Name";
            call("Attach" + kind + "Policy", owner, NAME, "PolicyArn", policy);
            assertThat((List<?>) member(call("ListAttached" + kind + "Policies", owner, NAME), "AttachedPolicies"))
                    .hasSize(1);
            call("Put" + kind + "Policy", owner, NAME, "PolicyName", "own", "PolicyDocument", START);
            assertThat(Documents.decoded((String)
                            member(call("Get" + kind + "Policy", owner, NAME, "PolicyName", "own"), "PolicyDocument")))
                    .isEqualTo(START);
            assertThat(member(call("List" + kind + "Policies", owner, NAME), "PolicyNames"))
                    .isEqualTo(List.of("own"));
        }
        assertThat((List<?>) member(call("ListEntitiesForPolicy", "PolicyArn", policy), "PolicyGroups"))
                .hasSize(1);
        for (String kind : List.of("User", "Role")) {
            call("Put" + kind + "PermissionsBoundary", kind + "Name", NAME, "PermissionsBoundary", policy);
            assertThat(member(
                            call("Get" + kind, kind + "Name", NAME),
                            kind,
                            "PermissionsBoundary",
                            "PermissionsBoundaryArn"))
                    .isEqualTo(policy);
            call("Delete" + kind + "PermissionsBoundary", kind + "Name", NAME);
            assertThat(member(call("Get" + kind, kind + "Name", NAME), kind, "PermissionsBoundary"))
                    .isNull();
        }
    }

    private void roles() {
        call("UpdateRole", "RoleName", NAME, "Description", "one", "MaxSessionDuration", 7200);
        call("UpdateRoleDescription", "RoleName", NAME, "Description", "two");
        call(
                "UpdateAssumeRolePolicy",
                "RoleName",
                NAME,
                "PolicyDocument",
                Documents.trusting("{\"AWS\":\"" + account + "\"}"));
        assertThat(member(call("GetRole", "RoleName", NAME), "Role", "Description"))
                .isEqualTo("two");
        assertThat(member(call("GetRole", "RoleName", NAME), "Role", "MaxSessionDuration"))
                .isEqualTo(7200);
    }

    private void credentials(LiveSystem live) throws Exception {
        String key = (String) member(call("CreateAccessKey", "UserName", NAME), "AccessKey", "AccessKeyId");
        call("UpdateAccessKey", "UserName", NAME, "AccessKeyId", key, "Status", "Inactive");
        assertThat((List<?>) member(call("ListAccessKeys", "UserName", NAME), "AccessKeyMetadata"))
                .hasSize(1);
        assertThat(member(call("GetAccessKeyLastUsed", "AccessKeyId", key), "UserName"))
                .isEqualTo(NAME);
        assertThat(member(callSts("GetAccessKeyInfo", "AccessKeyId", key), "Account"))
                .isEqualTo(account);
        call("DeleteAccessKey", "UserName", NAME, "AccessKeyId", key);
        call("CreateLoginProfile", "UserName", NAME, "Password", "another horse battery");
        call("UpdateLoginProfile", "UserName", NAME, "Password", PASSWORD);
        call("GetLoginProfile", "UserName", NAME);
        String serial = IamTableWorld.enrol(live, NAME, PASSWORD);
        assertThat((List<?>) member(call("ListMFADevices", "UserName", NAME), "MFADevices"))
                .hasSize(1);
        assertThat((List<?>) member(call("ListVirtualMFADevices"), "VirtualMFADevices"))
                .isNotEmpty();
        call("DeactivateMFADevice", "UserName", NAME, "SerialNumber", serial);
        call("DeleteLoginProfile", "UserName", NAME);
    }

    private void simulations() {
        String user = "arn:aws:iam::" + account + ":user/life/" + NAME;
        List<String> asked = List.of("ssm:StartSession");
        assertThat((List<?>) member(
                        call("SimulateCustomPolicy", "PolicyInputList", List.of(START), "ActionNames", asked),
                        "EvaluationResults"))
                .hasSize(1);
        assertThat((List<?>) member(
                        call("SimulatePrincipalPolicy", "PolicySourceArn", user, "ActionNames", asked),
                        "EvaluationResults"))
                .hasSize(1);
        call("GetContextKeysForCustomPolicy", "PolicyInputList", List.of(START));
        call("GetContextKeysForPrincipalPolicy", "PolicySourceArn", user);
        call("GetAccountSummary");
        call("GetAccountAuthorizationDetails");
    }

    private void lists() {
        List.of("Users", "Groups", "Roles", "Policies", "InstanceProfiles").forEach(kind -> {
            SdkPojo answer = call("List" + kind, "MaxItems", 1000);
            assertThat((List<?>) member(answer, kind)).as(kind).isNotEmpty();
        });
        call("ListGroupsForUser", "UserName", NAME);
        call("ListInstanceProfilesForRole", "RoleName", NAME);
        List.of(
                        "ListAccountAliases",
                        "ListSAMLProviders",
                        "ListServerCertificates",
                        "ListSSHPublicKeys",
                        "ListSigningCertificates",
                        "ListServiceSpecificCredentials")
                .forEach(this::call);
    }

    private void sessions(LiveSystem live) {
        callSts("GetCallerIdentity");
        callSts("GetSessionToken");
        SdkPojo assumed = callSts(
                "AssumeRole", "RoleArn", "arn:aws:iam::" + account + ":role/" + NAME, "RoleSessionName", "life");
        String denied = denied(live, (Credentials) member(assumed, "Credentials"));
        assertThat((String) member(callSts("DecodeAuthorizationMessage", "EncodedMessage", denied), "DecodedMessage"))
                .contains("\"action\":\"iam:ListUsers\"");
    }

    /** The reference of a denial. */
    private static String denied(LiveSystem live, Credentials given) {
        AwsSessionCredentials role =
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        try (IamClient theirs = Clients.iam(live, role)) {
            theirs.listUsers();
            throw new AssertionError("the role may not");
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorMessage().replaceAll(".*\\(reference ([^)]+)\\).*", "$1");
        }
    }

    private void end() {
        for (String kind : List.of("User", "Group", "Role")) {
            call("Detach" + kind + "Policy", kind + "Name", NAME, "PolicyArn", policy);
            call("Delete" + kind + "Policy", kind + "Name", NAME, "PolicyName", "own");
        }
        call("RemoveUserFromGroup", "GroupName", NAME, "UserName", NAME);
        call("RemoveRoleFromInstanceProfile", "InstanceProfileName", NAME, "RoleName", NAME);
        call("DeleteInstanceProfile", "InstanceProfileName", NAME);
        call("DeleteGroup", "GroupName", NAME);
        call("DeleteRole", "RoleName", NAME);
        call("DeletePolicy", "PolicyArn", policy);
        call("DeleteUser", "UserName", NAME);
        assertThat(iam.outcome("GetUser", Map.of("UserName", NAME))).isEqualTo("NoSuchEntity");
    }
}
