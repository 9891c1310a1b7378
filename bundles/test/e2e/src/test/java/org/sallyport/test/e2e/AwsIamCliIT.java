package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The AWS CLI makes a user that starts sessions, as an administrator would. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class AwsIamCliIT {
    private static final String START = Documents.allowing("ssm:StartSession", "*");

    private LiveSystem system;
    private AwsCli aws;

    @BeforeEach
    void cli(LiveSystem live) {
        Peers.assumeOnPath("aws");
        system = live;
        aws = new AwsCli(live.clientEnvironment());
    }

    @Test
    void aUserIsMadeGivenAPolicyAndDeleted() throws Exception {
        assertThat(aws.answer("iam", "create-user", "--user-name", "it-cli", "--tags", "Key=team,Value=blue")
                        .at("/User/Arn")
                        .asText())
                .endsWith(":user/it-cli");
        String arn = aws.answer("iam", "create-policy", "--policy-name", "it-cli", "--policy-document", START)
                .at("/Policy/Arn")
                .asText();
        aws.done("iam", "attach-user-policy", "--user-name", "it-cli", "--policy-arn", arn);
        assertThat(aws.answer("iam", "list-attached-user-policies", "--user-name", "it-cli")
                        .at("/AttachedPolicies/0/PolicyArn")
                        .asText())
                .isEqualTo(arn);
        // the CLI decodes documents, and so shows them as JSON
        assertThat(aws.answer("iam", "get-policy-version", "--policy-arn", arn, "--version-id", "v1")
                        .at("/PolicyVersion/Document/Statement/0/Action")
                        .asText())
                .isEqualTo("ssm:StartSession");
        assertThat(aws.answer(
                                "iam",
                                "simulate-principal-policy",
                                "--policy-source-arn",
                                "arn:aws:iam::%s:user/it-cli".formatted(system.get("accountId")),
                                "--action-names",
                                "ssm:StartSession",
                                "ssm:TerminateSession")
                        .findValuesAsText("EvalDecision"))
                .containsExactly("allowed", "implicitDeny");
        assertThat(aws.answer("iam", "list-users", "--page-size", "1").findValuesAsText("UserName"))
                .contains("it-cli", system.get("adminUser"));

        AwsCli.Ran conflict = aws.run("iam", "delete-user", "--user-name", "it-cli");
        assertThat(conflict.status()).isNotZero();
        assertThat(conflict.err())
                .contains(
                        "An error occurred (DeleteConflict) when calling the DeleteUser operation: Cannot delete entity,");
        aws.done("iam", "detach-user-policy", "--user-name", "it-cli", "--policy-arn", arn);
        aws.done("iam", "delete-policy", "--policy-arn", arn);
        aws.done("iam", "delete-user", "--user-name", "it-cli");
    }

    @Test
    void aRoleIsAssumed() throws Exception {
        String arn = aws.answer(
                        "iam",
                        "create-role",
                        "--role-name",
                        "it-cli-role",
                        "--assume-role-policy-document",
                        Documents.trusting("{\"AWS\":\"" + system.get("accountId") + "\"}"))
                .at("/Role/Arn")
                .asText();

        JsonNode assumed = aws.answer(
                "sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli", "--duration-seconds", "900");
        assertThat(assumed.at("/AssumedRoleUser/Arn").asText()).endsWith(":assumed-role/it-cli-role/cli");
        assertThat(assumed.at("/Credentials/SessionToken").asText()).isNotBlank();
        assertThat(aws.answer("sts", "get-session-token")
                        .at("/Credentials/AccessKeyId")
                        .asText())
                .startsWith("ASIA");
        aws.done("iam", "delete-role", "--role-name", "it-cli-role");
    }
}
