package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.protocol.enrol.AmazonAgentSetup;
import org.sallyport.test.e2e.AmazonAgent;
import org.sallyport.test.e2e.LiveSystem;
import org.sallyport.test.e2e.Peers;
import org.sallyport.test.e2e.PtyProgram;

/** The real session-manager-plugin, and the real amazon-ssm-agent, behind a path that breaks while output flows. */
class RealPluginIT {
    private static final int ROWS = 300;
    private static final int CUTS = 8;
    private static final Pattern ROW = Pattern.compile("row-(\\d+)-of-" + ROWS);

    @Test
    void eachRowComesOnceWhileThePathOfThePluginBreaks() throws Exception {
        Path plugin = Peers.folder("session-manager-plugin").resolve("session-manager-plugin");
        Path folder = LiveSystem.work("real-plugin");
        int apiPort = Ports.free();
        int channelPort = Ports.free();
        Random random = new Random(ChaosIT.seed());
        try (CutProxy path = new CutProxy("plugin", channelPort, 0, r -> CutPlan.random(r, 1_000, 1_000));
                ServerProcess server = ServerProcess.prepare(folder, apiPort, channelPort, "")
                        .configure(
                                "org.sallyport.core.edge", Map.of("channel.url", "wss://localhost:" + path.port()))) {
            server.start();
            try (Api api = server.awaitReady()) {
                api.allowHybridSessions();
                URI channel = URI.create("https://localhost:" + channelPort);
                try (AgentProcess agent =
                        AgentProcess.start(folder.resolve("agent"), api, server.ca(), server.api(), channel, 5, "")) {
                    eachRowComesOnce(server, api, agent.nodeId(), plugin, path, random);
                }
            }
        }
    }

    @Test
    void eachRowComesOnceWhileThePathOfTheRealAgentBreaks() throws Exception {
        Path plugin = Peers.folder("session-manager-plugin", "amazon-ssm-agent").resolve("session-manager-plugin");
        Path folder = LiveSystem.work("real-agent");
        int apiPort = Ports.free();
        int channelPort = Ports.free();
        Random random = new Random(ChaosIT.seed());
        try (CutProxy path = new CutProxy("agent", channelPort, 0, r -> CutPlan.random(r, 1_000, 1_000));
                ServerProcess server = ServerProcess.prepare(folder, apiPort, channelPort, "")) {
            server.start();
            try (Api api = server.awaitReady()) {
                api.allowHybridSessions();
                Map.Entry<String, String> activation = api.activate();
                String script = new AmazonAgentSetup(
                                server.api(),
                                URI.create("https://localhost:" + path.port()),
                                Api.REGION,
                                CaTrust.fromBundle(server.ca()).pems())
                        .script(activation.getKey());
                try (AmazonAgent agent =
                        AmazonAgent.enrol(folder.resolve("amazon-agent"), script, activation.getValue())) {
                    agent.start(api::connected);
                    eachRowComesOnce(server, api, agent.nodeId(), plugin, path, random);
                }
            }
        }
    }

    private static void eachRowComesOnce(
            ServerProcess server, Api api, String nodeId, Path plugin, CutProxy path, Random random) throws Exception {
        Api.Started started = api.startSession(nodeId);
        try (PtyProgram shell = PtyProgram.start(
                environment(server, started),
                plugin.toString(),
                "AWS_SSM_START_SESSION_RESPONSE",
                Api.REGION,
                "StartSession",
                "",
                "{\"Target\": \"%s\"}".formatted(nodeId),
                server.api().toString())) {
            shell.awaitText("$");
            shell.type("for i in $(seq 1 %d); do echo row-$i-of-%d; sleep 0.05; done; echo all-$((6*7))\r"
                    .formatted(ROWS, ROWS));
            shell.awaitText("row-5-of");
            for (int cut = 0; cut < CUTS; cut++) {
                TimeUnit.MILLISECONDS.sleep(700 + random.nextInt(500));
                path.cutAll(CutKind.values()[cut % CutKind.values().length], 1_000);
            }
            shell.awaitText("all-42");
            assertThat(rows(shell.screen()))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, ROWS).boxed().toList());
            shell.type("exit\r");
            assertThat(shell.exitStatus()).as(shell.screen()).isZero();
            assertThat(shell.screen()).contains("Exiting session with sessionId");
        }
        Awaitility.await("the end in the history")
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(api.sessions("History")).anySatisfy(session -> {
                    assertThat(session.path("SessionId").asText()).isEqualTo(started.sessionId());
                    assertThat(session.path("Details").asText()).startsWith("EXITED");
                }));
        System.out.printf("AWS-SHAPED the real programs: %s; %d rows, each once%n", path, ROWS);
    }

    private static List<Integer> rows(String screen) {
        return ROW.matcher(screen)
                .results()
                .map((MatchResult row) -> Integer.valueOf(row.group(1)))
                .toList();
    }

    /** As the AWS CLI runs it (data-channel specification, section 1.2). */
    private static Map<String, String> environment(ServerProcess server, Api.Started started) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode account = json.readTree(Files.readAllBytes(server.admin()));
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", account.required("accessKeyId").asText());
        environment.put(
                "AWS_SECRET_ACCESS_KEY", account.required("secretAccessKey").asText());
        environment.put("AWS_CA_BUNDLE", server.ca().toString());
        environment.put("SSL_CERT_FILE", server.ca().toString());
        environment.put(
                "AWS_SSM_START_SESSION_RESPONSE",
                json.createObjectNode()
                        .put("SessionId", started.sessionId())
                        .put("TokenValue", started.token())
                        .put("StreamUrl", started.streamUrl().toString())
                        .toString());
        return environment;
    }
}
