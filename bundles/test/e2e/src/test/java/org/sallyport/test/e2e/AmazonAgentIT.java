package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/**
 * The unmodified amazon-ssm-agent is a node: made one by the script that the command line prints, it stays without an error, gives shells to our
 * command line and to AWS's, and outlives restarts, of the server and its own. {@code -Dsallyport.healthy=600} watches it for ten minutes.
 */
@Tag("long")
class AmazonAgentIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Seconds: by default over the first poll of associations and the end of the polls for commands. */
    private static final int HEALTHY = Integer.getInteger("sallyport.healthy", 75);

    /** Seconds that the agent sleeps when its first report fails (node-agent specification, 4.1). */
    private static final int HIBERNATION = 300;

    private static LiveSystem live;

    private AmazonAgent agent;

    @BeforeEach
    void enrol() throws Exception {
        Peers.folder("amazon-ssm-agent");
        if (live == null) {
            live = LiveSystem.start(LiveSystem.work("amazon"));
        }
        Process creating = cli(
                        "activations", "create", "--for", "amazon-ssm-agent", "--channel-url", live.get("ssmmessages"))
                .start();
        String script = new String(creating.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String said = new String(creating.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(creating.waitFor()).as(said).isZero();
        Matcher code = Pattern.compile("Activation code: (\\S+)").matcher(said);
        assertThat(code.find()).as(said).isTrue();
        agent = AmazonAgent.enrol(LiveSystem.work("amazon-agent-" + System.nanoTime()), script, code.group(1));
    }

    @AfterEach
    void stopAgent() throws IOException {
        if (agent != null) {
            agent.close();
        }
    }

    @AfterAll
    static void stop() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void givesAShellToOurCommandLineAndToTheRealPlugin() throws Exception {
        agent.start(AmazonAgentIT::connected);
        try (PtyProgram shell = shell()) {
            use(shell, "ours");
            assertThat(shell.exitStatus()).as(shell.screen()).isZero();
            assertThat(CommandLineIT.ended(live, CommandLineIT.sessionId(shell)).details())
                    .startsWith("EXITED");
        }

        Peers.assumeOnPath("aws");
        Path peers = Peers.folder("session-manager-plugin");
        Map<String, String> environment = new HashMap<>(live.clientEnvironment());
        environment.put("PATH", peers + File.pathSeparator + System.getenv("PATH"));
        try (PtyProgram shell =
                PtyProgram.start(environment, "aws", "ssm", "start-session", "--target", agent.nodeId())) {
            use(shell, "plugin");
            shell.awaitText("Exiting session with sessionId");
            assertThat(shell.exitStatus()).isZero();
        }

        assertThat(agent.errors()).isEmpty();
    }

    @Test
    void staysOnlineWithAnEmptyErrorLog() throws Exception {
        agent.start(AmazonAgentIT::connected);
        long begun = System.nanoTime();
        Awaitility.await("a healthy time of " + HEALTHY + " s")
                .pollInterval(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(HEALTHY + 60L))
                .failFast("it is online and logs no error", () -> {
                    assertThat(agent.errors()).isEmpty();
                    assertThat(information().pingStatus()).isEqualTo(PingStatus.ONLINE);
                })
                .until(() -> Duration.ofNanos(System.nanoTime() - begun).toSeconds() >= HEALTHY);

        InstanceInformation shown = information();
        assertThat(shown.platformTypeAsString()).isEqualTo("Linux");
        assertThat(shown.agentVersion()).startsWith("3.");
        assertThat(shown.computerName()).isNotEmpty();
        assertThat(agent.errors()).isEmpty();
        assertThat(agent.log().lines().filter(line -> line.matches(".* (WARN|ERROR|CRITICAL) .*")))
                .as("but for what it says when it registers")
                .allMatch(line -> line.contains("InstanceFingerprint does not exist"));
        System.out.printf(
                "amazon-ssm-agent %s: %d s online, %d lines in its log, %d bytes in its error log%n",
                shown.agentVersion(),
                HEALTHY,
                agent.log().lines().count(),
                agent.errors().length());
    }

    @Test
    void itsCredentialsOutliveARestartOfTheServerAndSeveralAreValidAtOnce() throws Exception {
        agent.start(AmazonAgentIT::connected);
        String ofTheAgent = lastKey("OpenControlChannel").orElseThrow();
        long issued = count("RequestManagedInstanceRoleToken");

        live.close();
        live = live.startedAgain();
        agent.awaitConnected(120, AmazonAgentIT::connected);

        assertThat(count("RequestManagedInstanceRoleToken")).isEqualTo(issued);
        assertThat(lastKey("OpenControlChannel")).contains(ofTheAgent);
        try (PtyProgram shell = shell()) {
            use(shell, "after");
            assertThat(shell.exitStatus()).isZero();
        }
        assertThat(count("RequestManagedInstanceRoleToken"))
                .as("each session's process asks for its own")
                .isEqualTo(issued + 1);
        assertThat(lastKey("CreateDataChannel")).isPresent().isNotEqualTo(Optional.of(ofTheAgent));
        assertThat(connected(agent.nodeId())).isTrue();
    }

    @Test
    void aShellOutlivesARestartOfTheAgent() throws Exception {
        agent.start(AmazonAgentIT::connected);
        try (PtyProgram shell = shell()) {
            shell.awaitText("$");
            agent.killAgentAlone();
            shell.type("echo alone-$((6*7))\r");
            shell.awaitText("alone-42");
            agent.start(AmazonAgentIT::connected);

            use(shell, "same");

            assertThat(shell.exitStatus()).as(shell.screen()).isZero();
            assertThat(CommandLineIT.ended(live, CommandLineIT.sessionId(shell)).details())
                    .startsWith("EXITED");
        }
    }

    /** All its processes are killed, as by a machine that crashed: when it is back, it reports what it was doing. */
    @Test
    void whatACrashLeftIsReportedAndResolved() throws Exception {
        agent.start(AmazonAgentIT::connected);
        try (PtyProgram shell = shell()) {
            shell.awaitText("$");
            String session = CommandLineIT.sessionId(shell);
            agent.killAll();

            agent.start(AmazonAgentIT::connected);

            assertThat(shell.exitStatus()).as(shell.screen()).isEqualTo(3);
            assertThat(CommandLineIT.ended(live, session).details()).isNotEmpty();
            System.out.println(
                    "after a crash: " + CommandLineIT.ended(live, session).details());
        }
        try (PtyProgram shell = shell()) {
            use(shell, "again");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    /** Its first report fails, so it sleeps; nothing that the server could say would wake it. */
    @Test
    void anAgentThatFoundNoServerHibernatesAndComesBackByItself() throws Exception {
        assumeTrue(
                HEALTHY > HIBERNATION,
                "SKIPPED: the agent sleeps for five minutes; -Dsallyport.healthy=600 waits that long");
        live.close();
        agent.start();
        Awaitility.await("hibernation").atMost(120, TimeUnit.SECONDS).until(() -> agent.log()
                .contains("Entering SSM Agent hibernate"));

        live = live.startedAgain();
        agent.awaitConnected(HIBERNATION + 120L, AmazonAgentIT::connected);

        try (PtyProgram shell = shell()) {
            use(shell, "awake");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    private PtyProgram shell() throws IOException {
        return PtyProgram.start(
                live.clientEnvironment(),
                LiveSystem.program("cli/bin/sallyport").toString(),
                "start-session",
                "--target",
                agent.nodeId());
    }

    private static void use(PtyProgram shell, String who) throws Exception {
        shell.awaitText("$");
        shell.type("echo " + who + "-$((6*7)) $(id -un)\r");
        shell.awaitText(who + "-42 ssm-user");
        shell.resize(121, 41);
        shell.type("sleep 1; stty size\r");
        shell.awaitText("41 121");
        shell.type("exit\r");
    }

    private static ProcessBuilder cli(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(LiveSystem.program("cli/bin/sallyport").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(live.clientEnvironment());
        return builder;
    }

    private static boolean connected(String nodeId) {
        try (SsmClient ssm = Clients.ssm(live)) {
            return ssm.getConnectionStatus(request -> request.target(nodeId))
                    .statusAsString()
                    .equals("connected");
        } catch (SdkException e) {
            return false;
        }
    }

    private InstanceInformation information() {
        try (SsmClient ssm = Clients.ssm(live)) {
            return ssm.describeInstanceInformation(request -> request.filters(InstanceInformationStringFilter.builder()
                            .key("InstanceIds")
                            .values(agent.nodeId())
                            .build()))
                    .instanceInformationList()
                    .get(0);
        }
    }

    /** Records of the trail about calls of this node that went well. */
    private List<JsonNode> calls(String event) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(live.data().resolve("server/audit"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains("\"eventName\":\"" + event + "\"") && line.contains(agent.nodeId())) {
                        found.add(JSON.readTree(line));
                    }
                }
            }
        }
        return found;
    }

    private long count(String event) throws IOException {
        return calls(event).size();
    }

    private Optional<String> lastKey(String event) throws IOException {
        return calls(event).stream()
                .map(call -> call.at("/record/userIdentity/accessKeyId").asText())
                .filter(key -> !key.isEmpty())
                .reduce((first, second) -> second);
    }
}
