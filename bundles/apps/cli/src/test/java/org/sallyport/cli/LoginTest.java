package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.cli.testing.TestApi;

/** Signing in and out, against a server that answers as the console's API does. */
@Timeout(60)
class LoginTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "ASIAABCDEFGHIJKLMNOP";
    private static final String PASSWORD = "pass word'$(x)";

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Object> issued = new HashMap<>();
    private TestApi.Answer refusal;
    private String code;
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi(this::answer);
        environment.put("HOME", home.toString());
        issued.putAll(Map.of(
                "accessKeyId", KEY,
                "secretAccessKey", "s3cret+s3cret/s3cret=",
                "sessionToken", "t0ken+t0ken/t0ken/t0ken=",
                "expiresAt", Instant.now().plus(Duration.ofHours(8)).toString(),
                "region", "onprem-1",
                "user", "ann",
                "arn", "arn:aws:iam::123456789012:user/ann"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private TestApi.Answer answer(String target, String request) {
        try {
            if (!target.equals("null")) {
                return refusal != null ? refusal : new TestApi.Answer(200, "{\"Sessions\":[]}");
            }
            JsonNode asked = JSON.readTree(request);
            if (refusal != null) {
                return refusal;
            }
            if (asked.has("sessionToken")) {
                return new TestApi.Answer(204, "");
            }
            if (!asked.path("password").asText().equals(PASSWORD)) {
                return problem(401, "credentials-rejected", "The user name or the password is wrong.");
            }
            if (code != null && !asked.has("code")) {
                return problem(401, "code-required", "Type the code.");
            }
            if (code != null && !asked.path("code").asText().equals(code)) {
                return problem(401, "code-rejected", "The code is wrong.");
            }
            return new TestApi.Answer(200, JSON.writeValueAsString(issued));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static TestApi.Answer problem(int status, String name, String detail) {
        ObjectNode problem = JSON.createObjectNode();
        problem.put("type", "urn:sallyport:problem:" + name).put("detail", detail);
        return new TestApi.Answer(status, problem.toString());
    }

    @Test
    void keepsWhatItGotWhereNobodyElseCanReadItAndWorksWithIt() throws IOException {
        assertThat(firstLogin()).as(err.toString()).isZero();

        assertThat(err.toString()).contains("Signed in as ann until ").doesNotContain(PASSWORD);
        assertThat(out.toString()).isEmpty();
        for (String file : List.of("config.json", "config.login.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(kept("config.json")))
                .doesNotContain("secret")
                .doesNotContain("password");
        assertThat(Files.readString(kept("config.login.json"))).doesNotContain(PASSWORD);
        assertThat(run("", "sessions")).as(err.toString()).isZero();
        assertThat(run("", "login", "--status")).isZero();
        assertThat(out.toString()).contains("ann at " + api.uri() + " until ").contains("7 h 59 min left");
    }

    @Test
    void theNextTimeServerAndUserAreKnown() {
        firstLogin();
        api.requests().clear();

        assertThat(run(PASSWORD + "\n", "login", "--password-stdin", "--duration", "90m"))
                .isZero();

        assertThat(api.requests().get(0)).contains("\"user\":\"ann\"").contains("\"minutes\":90");
    }

    @Test
    void asksForTheCodeOnlyWhenTheServerDoes() {
        code = "123456";

        assertThat(firstLogin()).isEqualTo(1);
        assertThat(err.toString()).contains("code-rejected");
        assertThat(run(
                        PASSWORD + "\r\n123456\n",
                        "login",
                        "--url",
                        api.uri().toString(),
                        "--ca-fingerprint",
                        api.caFingerprint(),
                        "--user",
                        "ann",
                        "--password-stdin"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void keepsNothingWhenItIsRefused() {
        assertThat(login("wrong\n")).isEqualTo(1);
        assertThat(err.toString()).contains("The user name or the password is wrong.");
        refusal = problem(429, "too-many-tries", "Signing in failed too often; wait a minute and try again.");
        assertThat(firstLogin()).isEqualTo(1);
        assertThat(asked()).as("told at once, not tried again").hasSize(2);
        assertThat(login("\n")).isEqualTo(1);
        assertThat(run(
                        PASSWORD,
                        "login",
                        "--url",
                        api.uri().toString(),
                        "--ca-fingerprint",
                        "0".repeat(64),
                        "--user",
                        "ann",
                        "--password-stdin"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("could not be verified");

        assertThat(home).isEmptyDirectory();
    }

    @Test
    void wrongUseIsTwo() {
        assertThat(run("", "login", "--url", api.uri().toString(), "--ca-fingerprint", "abc", "--user", "ann"))
                .isEqualTo(2);
        assertThat(run("", "login", "--duration", "soon", "--user", "ann")).isEqualTo(2);
        assertThat(run("", "login", "--password", "x")).isEqualTo(2);
        firstLogin();
        assertThat(run("", "login")).as("no terminal").isEqualTo(2);
        assertThat(err.toString()).contains("--password-stdin");
    }

    @Test
    void aServerThatIsNotKnownNeedsItsFingerprint() {
        assertThat(run(PASSWORD, "login", "--user", "ann", "--password-stdin")).isEqualTo(1);
        assertThat(err.toString()).contains("give --url and --ca-fingerprint");
        assertThat(run(PASSWORD, "login", "--url", api.uri().toString(), "--user", "ann", "--password-stdin"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("give its --ca-fingerprint");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void saysWhatToDoWhenItIsOver() {
        issued.put(
                "expiresAt",
                Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS).toString());
        firstLogin();
        api.requests().clear();

        assertThat(run("", "sessions")).isEqualTo(1);
        assertThat(run("", "credentials")).isEqualTo(1);
        assertThat(run("", "login", "--status")).isEqualTo(1);

        assertThat(err.toString().lines().filter(line -> line.endsWith("Run: sallyport login")))
                .hasSize(3);
        assertThat(out.toString()).isEmpty();
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void theStatusIsWhatTheServerSays() {
        firstLogin();
        refusal = new TestApi.Answer(400, "{\"__type\":\"UnrecognizedClientException\",\"message\":\"invalid\"}");
        assertThat(run("", "login", "--status")).isEqualTo(1);
        assertThat(err.toString()).contains("The server ended the sign-in of ann");
        assertThat(run("", "sessions")).isEqualTo(1);
        assertThat(err.toString()).contains("run sallyport login");

        refusal = new TestApi.Answer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"may not\"}");
        assertThat(run("", "login", "--status")).isZero();
    }

    @Test
    void signingOutTellsTheServerAndForgets() throws IOException {
        firstLogin();
        assertThat(run("", "logout", "--everywhere")).isZero();

        JsonNode ended = JSON.readTree(asked().get(1));
        assertThat(ended.path("accessKeyId").asText()).isEqualTo(KEY);
        assertThat(ended.path("everywhere").asBoolean()).isTrue();
        assertThat(kept("config.login.json")).doesNotExist();
        assertThat(kept("config.json")).exists();
        assertThat(run("", "sessions")).isEqualTo(1);
        assertThat(err.toString()).contains("You are not signed in at").contains("Run: sallyport login");
        assertThat(run("", "logout")).isZero();
        assertThat(run("", "login", "--status")).isEqualTo(1);
    }

    @Test
    void signingOutWithoutTheServerForgetsAndSaysSo() {
        firstLogin();
        api.close();

        assertThat(run("", "logout")).isEqualTo(1);

        assertThat(err.toString())
                .contains("forgotten here")
                .contains("it takes them until " + issued.get("expiresAt"));
        assertThat(kept("config.login.json")).doesNotExist();
    }

    @Test
    void aKeyOfTheSameServerStaysAndOneOfAnotherIsNotLost() throws IOException {
        configure(api);
        assertThat(firstLogin()).isZero();
        assertThat(run("", "logout")).isZero();
        assertThat(run("", "sessions")).as(err.toString()).isZero();
        assertThat(Files.readString(kept("config.json"))).contains("AKIA");

        try (TestApi other = new TestApi(this::answer)) {
            assertThat(run(
                            PASSWORD,
                            "login",
                            "--url",
                            other.uri().toString(),
                            "--ca-fingerprint",
                            other.caFingerprint(),
                            "--user",
                            "ann",
                            "--password-stdin"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("keeps an access key of another server");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void configuringAKeyEndsTheSignInHere() throws IOException {
        firstLogin();
        configure(api);

        assertThat(kept("config.login.json")).doesNotExist();
        assertThat(run("", "sessions")).isZero();
    }

    @Test
    void handsTheCredentialsToOtherPrograms() throws Exception {
        environment.put(
                "SALLYPORT_CONFIG", home.resolve("it's/a $(config).json").toString());
        assertThat(login(PASSWORD + "\n", "--export")).as(err.toString()).isZero();
        Process shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        out
                                + "echo \"$AWS_ACCESS_KEY_ID|$AWS_SESSION_TOKEN|$AWS_ENDPOINT_URL_SSM\"; cat \"$AWS_CA_BUNDLE\"")
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith(KEY + "|" + issued.get("sessionToken") + "|" + api.uri() + "\n")
                .contains("BEGIN CERTIFICATE");

        out.getBuffer().setLength(0);
        assertThat(run("", "credentials")).isZero();
        JsonNode process = JSON.readTree(out.toString());
        assertThat(process.path("Version").asInt()).isEqualTo(1);
        assertThat(process.path("AccessKeyId").asText()).isEqualTo(KEY);
        assertThat(process.path("Expiration").asText()).isEqualTo(issued.get("expiresAt"));

        out.getBuffer().setLength(0);
        assertThat(run("", "credentials", "--format", "profile")).isZero();
        assertThat(out.toString())
                .contains("credential_process = sallyport credentials")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "region, 'x; rm -rf /'",
        "accessKeyId, 'ASIA$(id)ABCDEFGH'",
        "secretAccessKey, 'a b'",
        "sessionToken, ''",
        "expiresAt, tomorrow",
        "user, 'ann\u001b[2J'",
        "arn, 'arn: x'"
    })
    void whatCannotBeTrueIsNotKept(String member, String value) {
        issued.put(member, value);

        assertThat(firstLogin()).isEqualTo(1);

        assertThat(err.toString()).contains("The server's answer");
        assertThat(home).isEmptyDirectory();
    }

    /** Bodies, without the look at the certificate, which has none. */
    private List<String> asked() {
        return api.requests().stream()
                .map(one -> one.substring("null".length()).strip())
                .filter(body -> !body.isEmpty())
                .toList();
    }

    private int firstLogin() {
        return login(PASSWORD + "\n");
    }

    private int login(String input, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "login",
                "--url",
                api.uri().toString(),
                "--ca-fingerprint",
                api.caFingerprint(),
                "--user",
                "ann",
                "--password-stdin"));
        all.addAll(List.of(more));
        return run(input, all.toArray(String[]::new));
    }

    private void configure(TestApi server) {
        assertThat(run(
                        "hush\n",
                        "configure",
                        "--url",
                        server.uri().toString(),
                        "--ca-fingerprint",
                        server.caFingerprint(),
                        "--region",
                        "onprem-1",
                        "--access-key-id",
                        "AKIA"))
                .isZero();
    }

    private int run(String input, String... arguments) {
        Surroundings surroundings =
                new Surroundings(environment, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return Main.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path kept(String name) {
        return home.resolve(".config/sallyport").resolve(name);
    }
}
