package org.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.cli.testing.TestApi;
import picocli.CommandLine;

@Timeout(60)
class MainTest {
    private static final String HOSTILE =
            """
            {"InstanceInformationList":[{"InstanceId":"mi-1","PingStatus":"Online","ComputerName":"a\\u001b[2Jb\\u009bc\\u007fd\\ne",
            "IPAddress":"10.0.0.1","PlatformName":"Debian\\u202e","PlatformVersion":"12"}]}""";

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private TestApi.Answer answer = new TestApi.Answer(200, HOSTILE);
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi((target, request) -> answer);
        environment.put("HOME", home.toString());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void keepsAServerWhoseAuthorityHasTheFingerprintAndUsesIt() throws IOException {
        assertThat(configure(api.caFingerprint(), "hush\n")).as(err.toString()).isZero();

        assertThat(kept()).exists();
        assertThat(err.toString()).contains(kept().toString()).doesNotContain("hush");
        assertThat(run("", "nodes")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("mi-1");
    }

    @Test
    void keepsNothingWhenTheFingerprintIsAnother() {
        assertThat(configure("0".repeat(64), "hush\n")).isEqualTo(1);

        assertThat(home).isEmptyDirectory();
        assertThat(err.toString()).startsWith("sallyport: ").contains("could not be verified");
    }

    @Test
    void keepsNothingWithoutASecret() {
        assertThat(configure(api.caFingerprint(), "\n")).isEqualTo(1);

        assertThat(home).isEmptyDirectory();
        assertThat(err.toString()).contains("nothing was changed");
    }

    @Test
    void takesTheSecretFromTheEnvironment() throws IOException {
        environment.put("SALLYPORT_SECRET_ACCESS_KEY", "from-environment");

        assertThat(configure(api.caFingerprint(), "")).isZero();

        assertThat(Files.readString(kept())).contains("from-environment");
    }

    @Test
    void aMalformedFingerprintIsWrongUse() {
        assertThat(configure("abc", "hush\n")).isEqualTo(2);

        assertThat(err.toString()).contains("Not a SHA-256 fingerprint");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void listsNodesWithoutObeyingTheirNames() {
        configured();

        assertThat(run("", "nodes")).isZero();

        assertThat(out.toString()).contains("a?[2Jb?c?d?e").contains("Debian? 12");
        assertNothingToObey();
    }

    @Test
    void listsNodesAsJsonThatATerminalDoesNotObeyEither() throws IOException {
        configured();

        assertThat(run("", "nodes", "--json")).isZero();

        assertNothingToObey();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .path(0)
                        .path("ComputerName")
                        .asText())
                .isEqualTo("a\u001b[2Jb\u009bc\u007fd\ne");
    }

    @Test
    void stopsWhenThePagesHaveNoEnd() {
        configured();
        answer = new TestApi.Answer(200, "{\"InstanceInformationList\":[],\"NextToken\":\"again\"}");

        assertThat(run("", "nodes")).isEqualTo(1);

        assertThat(err.toString()).contains("same page again");
        assertThat(api.requests().get(1)).contains("\"NextToken\":\"again\"");
    }

    @Test
    void tellsWhatTheServiceRefusedAndWhatToDo() {
        configured();
        answer = new TestApi.Answer(400, "{\"__type\":\"TargetNotConnected\",\"message\":\"mi-9 is \\u009b2J away\"}");

        assertThat(run("", "start-session", "--target", "mi-9", "--reason", "ticket 7"))
                .isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo(
                        "sallyport: TargetNotConnected: mi-9 is ?2J away\nSee which nodes are there: sallyport nodes\n");
        assertThat(api.requests())
                .containsExactly("AmazonSSM.StartSession {\"Target\":\"mi-9\",\"Reason\":\"ticket 7\"}");
    }

    @Test
    void refusesAnAnswerWithoutAToken() {
        configured();
        answer = new TestApi.Answer(200, "{\"SessionId\":\"s-1\"}");

        assertThat(run("", "start-session", "--target", "mi-9")).isEqualTo(1);

        assertThat(err.toString()).contains("TokenValue");
        assertThat(home.resolve(".config/sallyport/sessions")).doesNotExist();
    }

    @Test
    void wrongUseIsTwo() {
        assertThat(run("", "start-session")).isEqualTo(2);
        assertThat(run("", "nodes", "--no-such-option")).isEqualTo(2);
        assertThat(run("", "no-such-command")).isEqualTo(2);
    }

    /** Only the command that is called for is made ready: what it says of itself, and what it does, is the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "logout",
                "credentials",
                "configure",
                "nodes",
                "start-session",
                "attach",
                "sessions",
                "terminate-session",
                "activations",
                "activations create",
                "generate-completion",
                "--version",
                "--help",
                "-h",
                "",
                "no-such-command",
                "nodes --no-such-option"
            })
    void aCommandByItselfIsAsAmongTheOthers(String words) {
        String[] arguments = words.isEmpty() ? new String[0] : words.split(" ");
        String[] asked = words.startsWith("no") || words.startsWith("-") || words.isEmpty()
                ? arguments
                : (words + " --help").split(" ");
        Surroundings surroundings = new Surroundings(environment, new ByteArrayInputStream(new byte[0]));
        StringWriter alone = new StringWriter();

        int status = Main.commandLine(surroundings, asked)
                .setOut(new PrintWriter(alone, true))
                .setErr(new PrintWriter(alone, true))
                .execute(asked);
        int among = Main.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(asked);

        assertThat(alone.toString()).isEqualTo(out.toString());
        assertThat(status).isEqualTo(among);
    }

    @Test
    void whatFailsIsToldByACommandByItselfToo() {
        String[] nodes = {"nodes"};
        Surroundings surroundings = new Surroundings(environment, new ByteArrayInputStream(new byte[0]));

        int status = Main.commandLine(surroundings, nodes)
                .setErr(new PrintWriter(err, true))
                .execute(nodes);

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).startsWith("sallyport: No server is known");
    }

    @Test
    void knowsItsVersion() {
        assertThat(run("", "--version")).isZero();

        assertThat(out.toString()).matches("sallyport \\d+\\.\\d+\\.\\d+\\S*\\s*");
    }

    private void assertNothingToObey() {
        assertThat(out.toString().chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
        assertThat(out.toString()).doesNotContain("\u202e");
    }

    private void configured() {
        assertThat(configure(api.caFingerprint(), "hush\n")).as(err.toString()).isZero();
        api.requests().clear();
        err.getBuffer().setLength(0);
    }

    private int configure(String fingerprint, String secret) {
        return run(
                secret,
                "configure",
                "--url",
                api.uri().toString(),
                "--ca-fingerprint",
                fingerprint,
                "--region",
                "onprem-1",
                "--access-key-id",
                "AKIA");
    }

    private int run(String input, String... arguments) {
        Surroundings surroundings =
                new Surroundings(environment, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        CommandLine line = Main.commandLine(surroundings);
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path kept() {
        return home.resolve(".config/sallyport/config.json");
    }
}
