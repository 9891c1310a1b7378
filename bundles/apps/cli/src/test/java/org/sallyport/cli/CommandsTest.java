package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.cli.settings.SessionFiles;
import org.sallyport.cli.testing.TestApi;

/** What the commands ask the server, and what they print of its answer. */
@Timeout(60)
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDED =
            """
            {"Sessions":[{"SessionId":"ann-1","Target":"mi-1","Status":"Terminated","Owner":"arn:aws:iam::1:user/ann",
            "StartDate":1767225600.5,"EndDate":1767229200.0,"Details":"IDLE: nothing\\u001b[2J was typed","Reason":"ticket 7"}]}""";

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, TestApi.Answer> answers = new HashMap<>();
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi((target, request) -> answers.get(target.substring(target.indexOf('.') + 1)));
        Path bundle = Files.writeString(home.resolve("ca.pem"), api.caPem());
        environment.putAll(Map.of(
                "HOME",
                home.toString(),
                "AWS_ACCESS_KEY_ID",
                "AKIA",
                "AWS_SECRET_ACCESS_KEY",
                "hush",
                "AWS_REGION",
                "onprem-1",
                "AWS_ENDPOINT_URL_SSM",
                api.uri().toString(),
                "AWS_CA_BUNDLE",
                bundle.toString()));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void listsSessionsThatAreOverWithTheCauseOfTheirEnd() {
        answer("DescribeSessions", ENDED);

        assertThat(run("sessions", "--history")).isZero();

        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString())
                .contains("CAUSE")
                .contains("2026-01-01T00:00:00Z  2026-01-01T01:00:00Z  IDLE: nothing?[2J was typed")
                .contains("ticket 7");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void asksForTheSessionsThatWereMeant() throws IOException {
        answer("DescribeSessions", "{\"Sessions\":[]}");

        assertThat(run(
                        "sessions",
                        "--target",
                        "mi-1",
                        "--owner",
                        "arn:x",
                        "--status",
                        "Connected",
                        "--since",
                        "2026-01-31T08:00:00+01:00"))
                .isZero();

        JsonNode request = request("DescribeSessions");
        assertThat(request.path("State").asText()).isEqualTo("Active");
        assertThat(request.path("Filters").toString())
                .isEqualTo(
                        "[{\"key\":\"Target\",\"value\":\"mi-1\"},{\"key\":\"Owner\",\"value\":\"arn:x\"},"
                                + "{\"key\":\"Status\",\"value\":\"Connected\"},{\"key\":\"InvokedAfter\",\"value\":\"2026-01-31T07:00:00Z\"}]");
    }

    @Test
    void printsOneJsonDocumentAndSaysElsewhereWhereItGoesOn() throws IOException {
        answer("DescribeSessions", ENDED.replaceAll("}]}\\s*$", "}],\"NextToken\":\"more\"}"));

        assertThat(run("sessions", "--history", "--output", "json", "--max-items", "5", "--starting-token", "from"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("same page again");

        err.getBuffer().setLength(0);
        answer("DescribeSessions", "{\"Sessions\":[{},{},{},{},{}],\"NextToken\":\"more\"}");
        assertThat(run("sessions", "--output", "json", "--max-items", "5")).isZero();

        assertThat(JSON.readTree(out.toString())).hasSize(5);
        assertThat(err.toString()).contains("--starting-token more");
        assertThat(request("DescribeSessions").path("MaxResults").asInt()).isEqualTo(5);
    }

    @Test
    void aTimeThatIsNoneIsWrongUse() {
        assertThat(run("sessions", "--since", "yesterday")).isEqualTo(2);
        assertThat(run("sessions", "--max-items", "4")).isEqualTo(2);
        assertThat(run("sessions", "--output", "xml")).isEqualTo(2);
        assertThat(run("activations")).isEqualTo(2);

        assertThat(err.toString()).contains("--since: 'yesterday' is no time").contains("json, table");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void endsASession() throws IOException {
        answer("TerminateSession", "{\"SessionId\":\"ann-1\"}");

        assertThat(run("terminate-session", "--session-id", "ann-1")).isZero();

        assertThat(request("TerminateSession").path("SessionId").asText()).isEqualTo("ann-1");
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("ann-1 was ended");
    }

    @Test
    void filtersNodes() throws IOException {
        answer("DescribeInstanceInformation", "{\"InstanceInformationList\":[]}");

        assertThat(run("nodes", "--online", "--filter", "tag:env=prod,test", "--filter", "IamRole=web"))
                .isZero();

        assertThat(request("DescribeInstanceInformation").path("Filters").toString())
                .isEqualTo(
                        "[{\"Key\":\"tag:env\",\"Values\":[\"prod\",\"test\"]},{\"Key\":\"IamRole\",\"Values\":[\"web\"]},"
                                + "{\"Key\":\"PingStatus\",\"Values\":[\"Online\"]}]");
    }

    @Test
    void makesAnActivationAndSaysWhatToRunOnTheMachine() throws IOException {
        answer("CreateActivation", "{\"ActivationId\":\"act-1\",\"ActivationCode\":\"c0de\"}");
        // without an operation: the server's lines
        answer("null", "{\"linux\":\"sh -c 'true' enrol\",\"amiga\":\"sh\",\"windows\":\"& { }\"}");

        assertThat(run(
                        "activations",
                        "create",
                        "--description",
                        "rack 7",
                        "--default-instance-name",
                        "web",
                        "--registration-limit",
                        "3",
                        "--expiration-date",
                        "2026-01-31T00:00:00Z",
                        "--tag",
                        "env=prod",
                        "--channel-url",
                        "https://s:9444"))
                .isZero();

        assertThat(request("CreateActivation").toString())
                .isEqualTo(
                        "{\"IamRole\":\"SSMServiceRole\",\"Description\":\"rack 7\",\"DefaultInstanceName\":\"web\","
                                + "\"RegistrationLimit\":3,\"ExpirationDate\":1769817600,\"Tags\":[{\"Key\":\"env\",\"Value\":\"prod\"}]}");
        assertThat(out.toString())
                .contains("act-1")
                .contains("c0de")
                .contains(
                        "sallyport-agent register --url %s --channel-url https://s:9444 --region onprem-1 --ca-fingerprint %s --id act-1"
                                .formatted(api.uri(), api.caFingerprint()));
        String line = out.toString()
                .lines()
                .filter(one -> one.startsWith("sallyport-agent"))
                .findFirst()
                .orElseThrow();
        assertThat(line).doesNotContain("c0de");
        assertThat(out.toString()).contains("Linux, as root").contains("sh -c 'true' enrol --id act-1");
        assertThat(out.toString())
                .contains("Windows, in a PowerShell of an administrator:%n& { } --id act-1%n".formatted());
        assertThat(out.toString()).doesNotContain("amiga");
    }

    @Test
    void givesAScriptForTheAmazonAgentAndKeepsTheCodeOutOfIt() throws IOException {
        String id = "0f1e2d3c-4b5a-4697-8877-665544332211";
        answer("CreateActivation", "{\"ActivationId\":\"" + id + "\",\"ActivationCode\":\"c0de\"}");

        assertThat(run("activations", "create", "--for", "amazon-ssm-agent")).isZero();

        assertThat(out.toString())
                .startsWith("#!/bin/sh\n")
                .contains("\"Mgs\": { \"Endpoint\": \"https://" + api.uri().getHost() + ":8444\" }")
                .contains("-----BEGIN CERTIFICATE-----", "-id " + id)
                .doesNotContain("c0de");
        assertThat(err.toString()).contains("c0de");
    }

    @Test
    void makesNoActivationWhenItsScriptCouldNotBePrinted() throws IOException {
        assertThat(run("activations", "create", "--for", "amazon-ssm-agent", "--channel-url", "https://a b"))
                .isEqualTo(2);
        assertThat(run("activations", "create", "--for", "windows")).isEqualTo(2);
        assertThat(err.toString()).contains("No script for amazon-ssm-agent", "--for: expected");
    }

    @Test
    void listsAndDeletesActivations() throws IOException {
        answer(
                "DescribeActivations",
                "{\"ActivationList\":[{\"ActivationId\":\"act-1\",\"RegistrationLimit\":3,\"RegistrationsCount\":1,\"Expired\":true}]}");
        answer("DeleteActivation", "{}");

        assertThat(run("activations", "list")).isZero();
        assertThat(run("activations", "delete", "--activation-id", "act-1")).isZero();

        assertThat(out.toString()).contains("act-1").contains("1/3").contains("yes");
        assertThat(request("DeleteActivation").path("ActivationId").asText()).isEqualTo("act-1");
    }

    @Test
    void exportsUsageThatNoSpreadsheetComputes() throws IOException {
        answer(
                "GetNodeUsage",
                "{\"NodeUsage\":[{\"Day\":\"2026-01-31\",\"InstanceId\":\"mi-0123456789abcdef0\",\"Tier\":\"advanced\","
                        + "\"OnlineSeconds\":5400,\"Tags\":[{\"Key\":\"=cmd\",\"Value\":\"a,b\"}]}]}");

        assertThat(run("usage", "--from", "2026-01-01", "--to", "2026-01-31")).isZero();

        assertThat(out.toString())
                .isEqualTo("day,node,tier,hours,tags\r\n"
                        + "2026-01-31,mi-0123456789abcdef0,advanced,1.5000,\"'=cmd=a,b\"\r\n");
        assertThat(request("GetNodeUsage").path("From").asText()).isEqualTo("2026-01-01");
        assertThat(run("usage", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"OnlineSeconds\" : 5400");
        assertThat(run("usage", "--from", "yesterday")).isEqualTo(2);
    }

    @Test
    void attachesNothingThatWasNotOpenedHere() {
        assertThat(run("attach", "ann-1")).isEqualTo(1);

        assertThat(err.toString())
                .contains("was not opened here")
                .contains("terminate-session --session-id ann-1")
                .contains(home.toString());
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void attachesNothingThatIsOver() throws IOException {
        SessionFiles files = new SessionFiles(home);
        files.keep("ann-1", UUID.randomUUID().toString());
        answer("ResumeSession", "{\"SessionId\":\"ann-1\"}");

        assertThat(run("attach", "ann-1")).isEqualTo(1);

        assertThat(err.toString()).contains("is over").contains("--history --session-id ann-1");
        assertThat(files.client("ann-1")).isEmpty();
    }

    @Test
    void attachesNothingOfSomebodyElse() throws IOException {
        new SessionFiles(home).keep("bob-1", UUID.randomUUID().toString());
        answers.put(
                "ResumeSession",
                new TestApi.Answer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"ann may not\"}"));

        assertThat(run("attach", "bob-1")).isEqualTo(1);

        assertThat(err.toString()).contains("AccessDeniedException: ann may not");
    }

    @Test
    void tellsTheFingerprintOfAnAuthorityThatItDoesNotTrust() throws IOException {
        try (TestApi other = new TestApi((target, request) -> new TestApi.Answer(200, "{}"))) {
            assertThat(run("nodes", "--endpoint-url", other.uri().toString())).isEqualTo(1);

            assertThat(err.toString())
                    .contains("cannot be reached")
                    .contains("SHA-256 " + other.caFingerprint())
                    .contains("sallyport configure --ca-fingerprint");
        }
    }

    @Test
    void tellsAHostThatDoesNotExistFromAPortThatNothingListensOn() {
        assertThat(run("nodes", "--endpoint-url", "https://no-such-host.invalid"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no-such-host.invalid").contains("no host of that name");

        err.getBuffer().setLength(0);
        assertThat(run("nodes", "--endpoint-url", "https://localhost:1")).isEqualTo(1);
        assertThat(err.toString()).contains("localhost:1").contains("Nothing listens there");
    }

    @Test
    void writesCompletionForAllCommands() {
        assertThat(run("generate-completion")).isZero();

        assertThat(out.toString())
                .contains("terminate-session")
                .contains("--starting-token")
                .contains("compdef");
    }

    private void answer(String operation, String body) {
        answers.put(operation, new TestApi.Answer(200, body));
    }

    /** The last one of that operation. */
    private JsonNode request(String operation) throws IOException {
        String infix = "." + operation + " ";
        String last = api.requests().stream()
                .filter(one -> one.contains(infix))
                .reduce((first, second) -> second)
                .orElseThrow();
        return JSON.readTree(last.substring(last.indexOf(infix) + infix.length()));
    }

    private int run(String... arguments) {
        Surroundings surroundings =
                new Surroundings(environment, new ByteArrayInputStream("".getBytes(StandardCharsets.UTF_8)));
        return Main.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
