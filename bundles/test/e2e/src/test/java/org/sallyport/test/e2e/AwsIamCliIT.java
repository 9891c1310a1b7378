package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The AWS CLI makes a user that starts sessions, as an administrator would. */
@ExtendWith(LiveSystemExtension.class)
class AwsIamCliIT {
    private static final String START = Documents.allowing("ssm:StartSession", "*");

    private LiveSystem system;

    @BeforeEach
    void cli(LiveSystem live) {
        Peers.assumeOnPath("aws");
        system = live;
    }

    private record Ran(int status, String out, String err) {}

    private Ran aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(system.clientEnvironment());
        builder.environment().put("AWS_PAGER", "");
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, err);
    }

    private JsonNode answer(String... arguments) throws IOException, InterruptedException {
        Ran ran = aws(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }

    private void done(String... arguments) throws IOException, InterruptedException {
        Ran ran = aws(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
    }

    @Test
    void aUserIsMadeGivenAPolicyAndDeleted() throws Exception {
        assertThat(answer("iam", "create-user", "--user-name", "it-cli", "--tags", "Key=team,Value=blue")
                        .at("/User/Arn")
                        .asText())
                .endsWith(":user/it-cli");
        String arn = answer("iam", "create-policy", "--policy-name", "it-cli", "--policy-document", START)
                .at("/Policy/Arn")
                .asText();
        done("iam", "attach-user-policy", "--user-name", "it-cli", "--policy-arn", arn);
        assertThat(answer("iam", "list-attached-user-policies", "--user-name", "it-cli")
                        .at("/AttachedPolicies/0/PolicyArn")
                        .asText())
                .isEqualTo(arn);
        // the CLI decodes documents, and so shows them as JSON
        assertThat(answer("iam", "get-policy-version", "--policy-arn", arn, "--version-id", "v1")
                        .at("/PolicyVersion/Document/Statement/0/Action")
                        .asText())
                .isEqualTo("ssm:StartSession");
        assertThat(answer(
                                "iam",
                                "simulate-principal-policy",
                                "--policy-source-arn",
                                "arn:aws:iam::%s:user/it-cli".formatted(system.get("accountId")),
                                "--action-names",
                                "ssm:StartSession",
                                "ssm:TerminateSession")
                        .findValuesAsText("EvalDecision"))
                .containsExactly("allowed", "implicitDeny");
        assertThat(answer("iam", "list-users", "--page-size", "1").findValuesAsText("UserName"))
                .contains("it-cli", system.get("adminUser"));

        Ran conflict = aws("iam", "delete-user", "--user-name", "it-cli");
        assertThat(conflict.status()).isNotZero();
        assertThat(conflict.err())
                .contains(
                        "An error occurred (DeleteConflict) when calling the DeleteUser operation: Cannot delete entity,");
        done("iam", "detach-user-policy", "--user-name", "it-cli", "--policy-arn", arn);
        done("iam", "delete-policy", "--policy-arn", arn);
        done("iam", "delete-user", "--user-name", "it-cli");
    }

    @Test
    void aRoleIsAssumed() throws Exception {
        String arn = answer(
                        "iam",
                        "create-role",
                        "--role-name",
                        "it-cli-role",
                        "--assume-role-policy-document",
                        Documents.trusting("{\"AWS\":\"" + system.get("accountId") + "\"}"))
                .at("/Role/Arn")
                .asText();

        JsonNode assumed = answer(
                "sts", "assume-role", "--role-arn", arn, "--role-session-name", "cli", "--duration-seconds", "900");
        assertThat(assumed.at("/AssumedRoleUser/Arn").asText()).endsWith(":assumed-role/it-cli-role/cli");
        assertThat(assumed.at("/Credentials/SessionToken").asText()).isNotBlank();
        assertThat(answer("sts", "get-session-token")
                        .at("/Credentials/AccessKeyId")
                        .asText())
                .startsWith("ASIA");
        done("iam", "delete-role", "--role-name", "it-cli-role");
    }
}
