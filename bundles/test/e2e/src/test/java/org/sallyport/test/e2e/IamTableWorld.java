package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

/** What the table of IAM's errors needs: one of each thing, with each quota used up and each tie that is in the way of its end. */
final class IamTableWorld implements AutoCloseable {
    static final String NAME = "it-table";

    /** Values that the model does not allow. */
    static final Map<String, Object> BROKEN = Map.ofEntries(
            Map.entry("UserName", "a b"),
            Map.entry("GroupName", "a b"),
            Map.entry("RoleName", "a b"),
            Map.entry("InstanceProfileName", "a b"),
            Map.entry("PolicyName", "a b"),
            Map.entry("PolicyArn", "short"),
            Map.entry("PolicySourceArn", "short"),
            Map.entry("SerialNumber", "short"),
            Map.entry("AccessKeyId", "short"),
            Map.entry("VersionId", "first"),
            Map.entry("Path", "no slash"),
            Map.entry("PathPrefix", "no slash"),
            Map.entry("Marker", "nobody's marker"),
            Map.entry("MaxItems", 1001));

    private static final String NOBODY = "it-nobody";
    private static final String START = Documents.allowing("ssm:StartSession", "*");
    private static final String LARGE = Documents.allowing("ssm:" + "a".repeat(12_000), "*");
    private static final int MOST_TAGS = 50;

    private final IamClient iam;
    private final StsClient sts;
    private final IamClient theirs;
    private final String account;
    private final String policy;
    private final List<String> more;
    private final String key;

    /** A call of an operation and the code that it is refused with. */
    record Case(String operation, String code, Map<String, Object> members) {}

    IamTableWorld(LiveSystem live) throws Exception {
        iam = Clients.iam(live);
        sts = Clients.sts(live);
        account = live.get("accountId");
        String trust = Documents.trusting("{\"AWS\":\"" + account + "\"}");
        iam.createUser(r -> r.userName(NAME).tags(tags()));
        iam.createUser(r -> r.userName(NAME + "-other"));
        iam.createLoginProfile(r -> r.userName(NAME).password("correct horse battery"));
        enrol(live, NAME, "correct horse battery");
        key = iam.createAccessKey(r -> r.userName(NAME)).accessKey().accessKeyId();
        iam.createAccessKey(r -> r.userName(NAME));
        iam.createGroup(r -> r.groupName(NAME));
        IntStream.range(0, 10).forEach(i -> {
            iam.createGroup(r -> r.groupName(NAME + i));
            iam.addUserToGroup(r -> r.groupName(NAME + i).userName(NAME));
        });
        iam.addUserToGroup(r -> r.groupName(NAME).userName(NAME + "-other"));
        iam.createRole(r -> r.roleName(NAME).assumeRolePolicyDocument(trust).tags(tags()));
        iam.createInstanceProfile(r -> r.instanceProfileName(NAME).tags(tags()));
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName(NAME).roleName(NAME));
        policy = policy(NAME, tags());
        more = IntStream.range(0, 10).mapToObj(i -> policy(NAME + i, List.of())).toList();
        IntStream.range(0, 4)
                .forEach(i -> iam.createPolicyVersion(r -> r.policyArn(policy).policyDocument(START)));
        more.forEach(arn -> {
            iam.attachUserPolicy(r -> r.userName(NAME).policyArn(arn));
            iam.attachGroupPolicy(r -> r.groupName(NAME).policyArn(arn));
            iam.attachRolePolicy(r -> r.roleName(NAME).policyArn(arn));
        });
        for (String name : List.of("one", "two")) {
            iam.putUserPolicy(r -> r.userName(NAME).policyName(name).policyDocument(START));
            iam.putGroupPolicy(r -> r.groupName(NAME).policyName(name).policyDocument(START));
            iam.putRolePolicy(r -> r.roleName(NAME).policyName(name).policyDocument(START));
        }
        AccessKey other = iam.createAccessKey(r -> r.userName(NAME + "-other")).accessKey();
        theirs = Clients.iam(live, AwsBasicCredentials.create(other.accessKeyId(), other.secretAccessKey()));
    }

    private String policy(String name, List<Tag> tags) {
        return iam.createPolicy(r -> r.policyName(name).policyDocument(START).tags(tags))
                .policy()
                .arn();
    }

    private static List<Tag> tags() {
        return IntStream.range(0, MOST_TAGS)
                .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                .toList();
    }

    SdkCalls administrator() {
        return new SdkCalls(iam, IamClient.class);
    }

    SdkCalls stranger() {
        return new SdkCalls(theirs, IamClient.class);
    }

    SdkCalls tokens() {
        return new SdkCalls(sts, StsClient.class);
    }

    /** Turns a user's second factor on as the console does; the answer is the device's serial number. */
    static String enrol(LiveSystem live, String user, String password) throws Exception {
        Browser browser = new Browser(live);
        assertThat(browser.signIn(user, password, Optional.empty()).status()).isEqualTo(200);
        byte[] secret = ConsoleApiIT.unbase32(browser.call("POST", "/session/totp", null)
                .body()
                .path("secret")
                .asText());
        long step = Instant.now().getEpochSecond() / 30;
        assertThat(browser.call("PUT", "/session/totp", ConsoleApiIT.codeBody(secret, step))
                        .status())
                .isEqualTo(204);
        return "arn:aws:iam::" + live.get("accountId") + ":mfa/" + user;
    }

    /** An input in which everything that is named does not exist. */
    Map<String, Object> absent(ServedOperations served, String operation) {
        return input(served, operation, NOBODY, "arn:aws:iam::" + account + ":policy/" + NOBODY);
    }

    /** An input in which everything that is named exists. */
    Map<String, Object> present(ServedOperations served, String operation) {
        Map<String, Object> input = input(served, operation, NAME, policy);
        input.computeIfPresent("PolicySourceArn", (name, arn) -> "arn:aws:iam::" + account + ":user/" + NAME);
        input.computeIfPresent("AccessKeyId", (name, id) -> key);
        return input;
    }

    private Map<String, Object> input(ServedOperations served, String operation, String name, String arn) {
        Map<String, Object> all = Map.ofEntries(
                Map.entry("UserName", name),
                Map.entry("GroupName", name),
                Map.entry("RoleName", name),
                Map.entry("InstanceProfileName", name),
                Map.entry("PolicyName", name),
                Map.entry("PolicyArn", arn),
                Map.entry("PermissionsBoundary", arn),
                Map.entry("PolicySourceArn", "arn:aws:iam::" + account + ":user/" + name),
                Map.entry("SerialNumber", "arn:aws:iam::" + account + ":mfa/" + name),
                Map.entry("AccessKeyId", "AKIAAAAAAAAAAAAAAAAA"),
                Map.entry("VersionId", "v9"),
                Map.entry("PolicyDocument", START),
                Map.entry("AssumeRolePolicyDocument", Documents.trusting("{\"AWS\":\"*\"}")),
                Map.entry("PolicyInputList", List.of(START)),
                Map.entry("ActionNames", List.of("ssm:StartSession", "ssm:ResumeSession")),
                Map.entry("Password", "correct horse battery"),
                Map.entry("Tags", List.of(Tag.builder().key("a").value("b").build())),
                Map.entry("TagKeys", List.of("a")),
                Map.entry("Status", "Inactive"),
                Map.entry("Description", "x"));
        Map<String, Object> input = new HashMap<>();
        served.members(operation).forEach((member, required) -> {
            // lists of a user's things are about the caller without a name
            boolean named = member.endsWith("Name")
                    || List.of("PermissionsBoundary", "Password").contains(member);
            if (all.containsKey(member) && (required || named)) {
                input.put(member, all.get(member));
            }
        });
        if (operation.equals("UpdateAssumeRolePolicy")) {
            input.put("PolicyDocument", all.get("AssumeRolePolicyDocument"));
        }
        return input;
    }

    /** What the model names and this server is made to answer with. */
    List<Case> cases(ServedOperations served) {
        List<Case> cases = new ArrayList<>();
        for (String operation : served.names()) {
            Set<String> errors = served.errors(operation);
            Map<String, Object> members = served.members(operation).isEmpty() ? Map.of() : absent(served, operation);
            boolean makes = operation.startsWith("Create");
            if (errors.contains("NoSuchEntity") && !operation.equals("CreateGroup")) {
                cases.add(new Case(operation, "NoSuchEntity", members));
            }
            if (errors.contains("InvalidInput") && served.members(operation).containsKey("PolicyArn")) {
                cases.add(new Case(
                        operation,
                        "InvalidInput",
                        with(present(served, operation), "PolicyArn", "arn:aws:iam::999999999999:policy/theirs")));
            } else if (errors.contains("InvalidInput") && operation.startsWith("Put")) {
                cases.add(new Case(
                        operation,
                        "InvalidInput",
                        with(
                                present(served, operation),
                                "PermissionsBoundary",
                                "arn:aws:iam::999999999999:policy/theirs")));
            } else if (errors.contains("InvalidInput")
                    && served.members(operation).containsKey("Tags")) {
                Map<String, Object> twice = makes ? absent(served, operation) : present(served, operation);
                twice.remove("PermissionsBoundary");
                Tag tag = Tag.builder().key("a").value("b").build();
                Tag same = Tag.builder().key("A").value("c").build();
                cases.add(new Case(operation, "InvalidInput", with(twice, "Tags", List.of(tag, same))));
            } else if (errors.contains("InvalidInput") && operation.matches("GetContextKeysForC.*|Simulate.*")) {
                cases.add(new Case(
                        operation, "InvalidInput", with(present(served, operation), "PolicyInputList", List.of("{}"))));
            }
            if (errors.contains("MalformedPolicyDocument")) {
                Map<String, Object> malformed = makes && !operation.endsWith("Version")
                        ? without(absent(served, operation), "PermissionsBoundary")
                        : present(served, operation);
                String member = operation.equals("CreateRole") ? "AssumeRolePolicyDocument" : "PolicyDocument";
                cases.add(new Case(operation, "MalformedPolicyDocument", with(malformed, member, "{}")));
                if (!operation.equals("CreatePolicyVersion")) {
                    cases.add(new Case(operation, "LimitExceeded", with(malformed, member, large(operation))));
                }
            }
        }
        cases.addAll(ties(served));
        cases.addAll(quotas(served));
        return cases;
    }

    /** What is there already, and what hangs on what is to be deleted. */
    private List<Case> ties(ServedOperations served) {
        List<Case> cases = new ArrayList<>();
        for (String operation :
                List.of("CreateUser", "CreateGroup", "CreateRole", "CreateInstanceProfile", "CreatePolicy")) {
            cases.add(new Case(
                    operation, "EntityAlreadyExists", without(present(served, operation), "PermissionsBoundary")));
        }
        cases.add(new Case("CreateLoginProfile", "EntityAlreadyExists", present(served, "CreateLoginProfile")));
        cases.add(new Case(
                "UpdateUser", "EntityAlreadyExists", Map.of("UserName", NAME, "NewUserName", NAME + "-OTHER")));
        cases.add(new Case("UpdateGroup", "EntityAlreadyExists", Map.of("GroupName", NAME, "NewGroupName", NAME + 3)));
        for (String operation : List.of("DeleteUser", "DeleteGroup", "DeleteRole", "DeleteInstanceProfile")) {
            cases.add(new Case(operation, "DeleteConflict", present(served, operation)));
        }
        cases.add(new Case("DeletePolicy", "DeleteConflict", Map.of("PolicyArn", more.get(0))));
        cases.add(new Case("DeletePolicyVersion", "DeleteConflict", Map.of("PolicyArn", policy, "VersionId", "v1")));
        cases.add(new Case(
                "DeleteVirtualMFADevice",
                "DeleteConflict",
                Map.of("SerialNumber", "arn:aws:iam::" + account + ":mfa/" + NAME)));
        cases.add(new Case(
                "CreateLoginProfile",
                "PasswordPolicyViolation",
                Map.of("UserName", NAME + "-other", "Password", "short")));
        cases.add(new Case(
                "UpdateLoginProfile", "PasswordPolicyViolation", Map.of("UserName", NAME, "Password", "short")));
        return cases;
    }

    private List<Case> quotas(ServedOperations served) {
        List<Case> cases = new ArrayList<>();
        for (String operation : List.of(
                "AddRoleToInstanceProfile",
                "AddUserToGroup",
                "AttachGroupPolicy",
                "AttachRolePolicy",
                "AttachUserPolicy",
                "CreateAccessKey",
                "CreatePolicyVersion",
                "TagInstanceProfile",
                "TagPolicy",
                "TagRole",
                "TagUser")) {
            cases.add(new Case(operation, "LimitExceeded", present(served, operation)));
        }
        return cases;
    }

    /** Of STS. */
    List<Case> tokenCases() {
        Map<String, Object> role =
                Map.of("RoleArn", "arn:aws:iam::" + account + ":role/" + NAME, "RoleSessionName", "table");
        return List.of(
                new Case("AssumeRole", "MalformedPolicyDocument", with(role, "Policy", "{}")),
                new Case("AssumeRole", "PackedPolicyTooLarge", with(role, "Policy", large("Session"))),
                new Case("AssumeRole", "AccessDenied", with(role, "RoleArn", role.get("RoleArn") + "-nobody")),
                new Case(
                        "DecodeAuthorizationMessage",
                        "InvalidAuthorizationMessageException",
                        Map.of("EncodedMessage", "nothing")));
    }

    /** Makes groups until one is refused, and deletes them. Says how many there were. */
    int fillGroups() {
        List<String> made = new ArrayList<>();
        try {
            String outcome = "done";
            for (int i = 0; outcome.equals("done"); i++) {
                String name = NAME + "-fill" + i;
                outcome = administrator().outcome("CreateGroup", Map.of("GroupName", name));
                if (outcome.equals("done")) {
                    made.add(name);
                }
            }
            assertThat(outcome).isEqualTo("LimitExceeded");
            return iam.listGroups(r -> r.maxItems(1000)).groups().size();
        } finally {
            made.forEach(name -> iam.deleteGroup(r -> r.groupName(name)));
        }
    }

    private static String large(String operation) {
        return switch (operation) {
            case "CreateRole", "UpdateAssumeRolePolicy" ->
                Documents.trusting("{\"AWS\":\"arn:aws:iam::123456789012:role/" + "a".repeat(3_000) + "\"}");
            case "Session" -> Documents.allowing("ssm:" + "a".repeat(2_040), "*");
            default -> LARGE;
        };
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        Map<String, Object> all = new HashMap<>(members);
        all.put(name, value);
        return all;
    }

    private static Map<String, Object> without(Map<String, Object> members, String name) {
        Map<String, Object> all = new HashMap<>(members);
        all.remove(name);
        return all;
    }

    @Override
    public void close() {
        iam.deactivateMFADevice(r -> r.userName(NAME).serialNumber("arn:aws:iam::" + account + ":mfa/" + NAME));
        iam.deleteLoginProfile(r -> r.userName(NAME));
        for (String user : List.of(NAME, NAME + "-other")) {
            iam.listAccessKeys(r -> r.userName(user))
                    .accessKeyMetadata()
                    .forEach(one -> iam.deleteAccessKey(r -> r.userName(user).accessKeyId(one.accessKeyId())));
            iam.listGroupsForUser(r -> r.userName(user))
                    .groups()
                    .forEach(group ->
                            iam.removeUserFromGroup(r -> r.userName(user).groupName(group.groupName())));
        }
        more.forEach(arn -> {
            iam.detachUserPolicy(r -> r.userName(NAME).policyArn(arn));
            iam.detachGroupPolicy(r -> r.groupName(NAME).policyArn(arn));
            iam.detachRolePolicy(r -> r.roleName(NAME).policyArn(arn));
            iam.deletePolicy(r -> r.policyArn(arn));
        });
        for (String name : List.of("one", "two")) {
            iam.deleteUserPolicy(r -> r.userName(NAME).policyName(name));
            iam.deleteGroupPolicy(r -> r.groupName(NAME).policyName(name));
            iam.deleteRolePolicy(r -> r.roleName(NAME).policyName(name));
        }
        IntStream.rangeClosed(2, 5)
                .forEach(i -> iam.deletePolicyVersion(r -> r.policyArn(policy).versionId("v" + i)));
        iam.deletePolicy(r -> r.policyArn(policy));
        iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName(NAME).roleName(NAME));
        iam.deleteInstanceProfile(r -> r.instanceProfileName(NAME));
        iam.deleteRole(r -> r.roleName(NAME));
        iam.deleteGroup(r -> r.groupName(NAME));
        IntStream.range(0, 10).forEach(i -> iam.deleteGroup(r -> r.groupName(NAME + i)));
        iam.deleteUser(r -> r.userName(NAME));
        iam.deleteUser(r -> r.userName(NAME + "-other"));
        iam.close();
        sts.close();
        theirs.close();
    }
}
