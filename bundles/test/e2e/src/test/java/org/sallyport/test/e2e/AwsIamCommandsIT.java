package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What administrators and scripts type every day: {@code aws iam} and {@code aws sts} with files, waiters, pages and queries. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class AwsIamCommandsIT {
    private static final String USER = "it-commands";
    private static final String START = Documents.allowing("ssm:StartSession", "*");

    @TempDir
    Path folder;

    private LiveSystem live;
    private AwsCli aws;
    private String account;

    @BeforeEach
    void cli(LiveSystem system) {
        Peers.assumeOnPath("aws");
        live = system;
        aws = new AwsCli(live.clientEnvironment());
        account = live.get("accountId");
    }

    private String file(String name, String text) throws Exception {
        return "file://" + Files.writeString(folder.resolve(name), text);
    }

    @Test
    void usersGroupsKeysAndPolicies() throws Exception {
        aws.done("iam", "create-user", "--user-name", USER);
        aws.done("iam", "wait", "user-exists", "--user-name", USER);
        aws.done("iam", "tag-user", "--user-name", USER, "--tags", "Key=team,Value=blue", "Key=tier,Value=1");
        aws.done("iam", "untag-user", "--user-name", USER, "--tag-keys", "tier");
        assertThat(aws.text(
                        "iam", "list-user-tags", "--user-name", USER, "--query", "Tags[].Value", "--output", "text"))
                .isEqualToIgnoringWhitespace("blue");

        aws.done("iam", "create-group", "--group-name", USER);
        aws.done("iam", "add-user-to-group", "--group-name", USER, "--user-name", USER);
        assertThat(aws.answer("iam", "get-group", "--group-name", USER).at("/Users/0/UserName"))
                .hasToString("\"" + USER + "\"");
        assertThat(aws.text("iam", "list-groups-for-user", "--user-name", USER, "--query", "Groups[0].GroupName"))
                .contains(USER);

        aws.done(
                "iam",
                "put-group-policy",
                "--group-name",
                USER,
                "--policy-name",
                "own",
                "--policy-document",
                file("own.json", START));
        assertThat(aws.answer("iam", "get-group-policy", "--group-name", USER, "--policy-name", "own")
                        .at("/PolicyDocument/Statement/0/Action")
                        .asText())
                .isEqualTo("ssm:StartSession");
        aws.done("iam", "delete-group-policy", "--group-name", USER, "--policy-name", "own");

        JsonNode key =
                aws.answer("iam", "create-access-key", "--user-name", USER).path("AccessKey");
        String id = key.path("AccessKeyId").asText();
        Map<String, String> theirs = new HashMap<>(live.clientEnvironment());
        theirs.put("AWS_ACCESS_KEY_ID", id);
        theirs.put("AWS_SECRET_ACCESS_KEY", key.path("SecretAccessKey").asText());
        assertThat(new AwsCli(theirs)
                        .answer("sts", "get-caller-identity")
                        .path("Arn")
                        .asText())
                .endsWith(":user/" + USER);
        assertThat(new AwsCli(theirs).refused("iam", "list-users")).isEqualTo("AccessDenied");
        assertThat(aws.answer("iam", "get-access-key-last-used", "--access-key-id", id)
                        .at("/AccessKeyLastUsed/ServiceName")
                        .asText())
                .isNotBlank();
        aws.done("iam", "update-access-key", "--user-name", USER, "--access-key-id", id, "--status", "Inactive");
        assertThat(new AwsCli(theirs).refused("sts", "get-caller-identity")).isEqualTo("InvalidClientTokenId");
        aws.done("iam", "delete-access-key", "--user-name", USER, "--access-key-id", id);
        assertThat(aws.answer("iam", "list-access-keys", "--user-name", USER).path("AccessKeyMetadata"))
                .isEmpty();

        aws.done("iam", "create-login-profile", "--user-name", USER, "--password", "correct horse battery");
        assertThat(aws.refused(
                        "iam", "create-login-profile", "--user-name", USER, "--password", "correct horse battery"))
                .isEqualTo("EntityAlreadyExists");
        aws.done("iam", "delete-login-profile", "--user-name", USER);
        aws.done("iam", "remove-user-from-group", "--group-name", USER, "--user-name", USER);
        aws.done("iam", "delete-group", "--group-name", USER);
        aws.done("iam", "delete-user", "--user-name", USER);
        assertThat(aws.refused("iam", "get-user", "--user-name", USER)).isEqualTo("NoSuchEntity");
    }

    @Test
    void managedPoliciesTheirVersionsAndPages() throws Exception {
        List<String> arns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            arns.add(aws.text(
                            "iam",
                            "create-policy",
                            "--policy-name",
                            USER + i,
                            "--policy-document",
                            file("policy.json", START),
                            "--query",
                            "Policy.Arn",
                            "--output",
                            "text")
                    .strip());
        }
        aws.done("iam", "wait", "policy-exists", "--policy-arn", arns.get(0));
        aws.done(
                "iam",
                "create-policy-version",
                "--policy-arn",
                arns.get(0),
                "--policy-document",
                Documents.allowing("ssm:ResumeSession", "*"),
                "--set-as-default");
        assertThat(aws.text(
                        "iam",
                        "list-policy-versions",
                        "--policy-arn",
                        arns.get(0),
                        "--query",
                        "Versions[?IsDefaultVersion].VersionId",
                        "--output",
                        "text"))
                .isEqualToIgnoringWhitespace("v2");
        aws.done("iam", "delete-policy-version", "--policy-arn", arns.get(0), "--version-id", "v1");

        String names = "Policies[?starts_with(PolicyName, '" + USER + "')].PolicyName";
        assertThat(aws.answer("iam", "list-policies", "--scope", "Local", "--query", names))
                .extracting(JsonNode::asText)
                .containsExactly(USER + 0, USER + 1, USER + 2);
        // the CLI's own paging: it cuts and goes on by a token of its own
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            List<String> command = new ArrayList<>(
                    List.of("iam", "list-policies", "--scope", "Local", "--max-items", "2", "--page-size", "1"));
            if (!token.isEmpty()) {
                command.addAll(List.of("--starting-token", token));
            }
            JsonNode page = aws.answer(command.toArray(String[]::new));
            page.path("Policies").forEach(one -> seen.add(one.path("PolicyName").asText()));
            token = page.path("NextToken").asText();
        } while (!token.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().contains(USER + 0, USER + 1, USER + 2);
        assertThat(aws.answer("iam", "list-policies", "--scope", "AWS", "--query", "Policies[].Arn"))
                .extracting(JsonNode::asText)
                .contains("arn:aws:iam::aws:policy/AdministratorAccess");

        assertThat(aws.text(
                        "iam",
                        "simulate-custom-policy",
                        "--policy-input-list",
                        START,
                        "--action-names",
                        "ssm:StartSession",
                        "ssm:TerminateSession",
                        "--query",
                        "EvaluationResults[].EvalDecision",
                        "--output",
                        "text"))
                .isEqualToIgnoringWhitespace("allowed implicitDeny");
        assertThat(aws.refused("iam", "create-policy", "--policy-name", USER, "--policy-document", "{}"))
                .isEqualTo("MalformedPolicyDocument");
        for (String arn : arns) {
            aws.done("iam", "delete-policy", "--policy-arn", arn);
        }
    }

    @Test
    void rolesTheirSessionsAndInstanceProfiles() throws Exception {
        String trust = file("trust.json", Documents.trusting("{\"AWS\":\"" + account + "\"}"));
        String arn = aws.answer("iam", "create-role", "--role-name", USER, "--assume-role-policy-document", trust)
                .at("/Role/Arn")
                .asText();
        aws.done("iam", "wait", "role-exists", "--role-name", USER);
        aws.done("iam", "update-role", "--role-name", USER, "--max-session-duration", "7200");
        aws.done("iam", "attach-role-policy", "--role-name", USER, "--policy-arn", managed("IAMReadOnlyAccess"));
        assertThat(aws.text(
                        "iam",
                        "list-attached-role-policies",
                        "--role-name",
                        USER,
                        "--query",
                        "AttachedPolicies[].PolicyName",
                        "--output",
                        "text"))
                .isEqualToIgnoringWhitespace("IAMReadOnlyAccess");
        aws.done("iam", "create-instance-profile", "--instance-profile-name", USER);
        aws.done("iam", "wait", "instance-profile-exists", "--instance-profile-name", USER);
        aws.done("iam", "add-role-to-instance-profile", "--instance-profile-name", USER, "--role-name", USER);

        AwsCli role = assumed(arn);
        assertThat(role.answer("sts", "get-caller-identity").path("Arn").asText())
                .endsWith(":assumed-role/" + USER + "/cli");
        assertThat(role.answer("iam", "list-roles", "--query", "Roles[].RoleName"))
                .extracting(JsonNode::asText)
                .contains(USER);
        AwsCli.Ran denied = role.run("iam", "delete-role", "--role-name", USER);
        assertThat(denied.status()).isNotZero();
        String reference = denied.err().replaceAll("(?s).*\\(reference ([^)]+)\\).*", "$1");
        assertThat(aws.text(
                        "sts",
                        "decode-authorization-message",
                        "--encoded-message",
                        reference,
                        "--query",
                        "DecodedMessage",
                        "--output",
                        "text"))
                .contains("iam:DeleteRole");
        aws.done(
                "iam",
                "put-role-permissions-boundary",
                "--role-name",
                USER,
                "--permissions-boundary",
                managed("AmazonSSMReadOnlyAccess"));
        assertThat(role.refused("iam", "list-roles")).isEqualTo("AccessDenied");
        aws.done("iam", "delete-role-permissions-boundary", "--role-name", USER);
        assertThat(role.answer("iam", "list-roles").path("Roles")).isNotEmpty();

        aws.done("iam", "remove-role-from-instance-profile", "--instance-profile-name", USER, "--role-name", USER);
        aws.done("iam", "delete-instance-profile", "--instance-profile-name", USER);
        aws.done("iam", "detach-role-policy", "--role-name", USER, "--policy-arn", managed("IAMReadOnlyAccess"));
        aws.done("iam", "delete-role", "--role-name", USER);
        assertThat(role.refused("sts", "get-caller-identity")).isEqualTo("InvalidClientTokenId");
    }

    @Test
    void theAccountAsAWhole() throws Exception {
        assertThat(aws.answer("iam", "get-account-summary")
                        .at("/SummaryMap/Users")
                        .asInt())
                .isPositive();
        assertThat(aws.answer(
                        "iam",
                        "get-account-authorization-details",
                        "--filter",
                        "User",
                        "--query",
                        "UserDetailList[].UserName"))
                .extracting(JsonNode::asText)
                .contains(live.get("adminUser"));
        assertThat(aws.text(
                        "sts",
                        "get-access-key-info",
                        "--access-key-id",
                        live.get("accessKeyId"),
                        "--query",
                        "Account",
                        "--output",
                        "text"))
                .isEqualToIgnoringWhitespace(account);
        assertThat(aws.refused("iam", "get-account-password-policy")).isEqualTo("NoSuchEntity");
        assertThat(aws.refused("iam", "create-account-alias", "--account-alias", "gate"))
                .isEqualTo("InvalidAction");
    }

    private static String managed(String name) {
        return "arn:aws:iam::aws:policy/" + name;
    }

    private AwsCli assumed(String arn) throws Exception {
        JsonNode given = aws.answer("sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli")
                .path("Credentials");
        Map<String, String> environment = new HashMap<>(live.clientEnvironment());
        environment.put("AWS_ACCESS_KEY_ID", given.path("AccessKeyId").asText());
        environment.put("AWS_SECRET_ACCESS_KEY", given.path("SecretAccessKey").asText());
        environment.put("AWS_SESSION_TOKEN", given.path("SessionToken").asText());
        return new AwsCli(environment);
    }
}
