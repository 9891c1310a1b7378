package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.test.e2e.LiveSystem;

/**
 * Peers with the timings of session-manager-plugin and amazon-ssm-agent: cuts that they outlive cost nothing, and cuts that they do not end
 * the session with its cause, with the node told and no shell left.
 */
class AwsShapedIT {
    private static final int SESSIONS = 8;
    private static final long SECONDS = Long.getLong("sallyport.aws.seconds", 20);
    private static final long MEAN_LIFE_MILLIS = 2_500;
    private static final long WAIT_SECONDS = 90;
    private static final int LINES = 10;
    private static final int AWAY_SECONDS = 5;
    private static final int CAUGHT_UP = 5;
    private static final long SEED = ChaosIT.seed();

    private static ServerProcess server;
    private static CutProxy clientPath;
    private static CutProxy nodePath;
    private static Api api;
    private static ModelNode node;
    private static WebSocketConnector connector;

    @BeforeAll
    static void start() throws Exception {
        System.out.printf("AWS-SHAPED seed %d%n", SEED);
        int apiPort = Ports.free();
        int channelPort = Ports.free();
        Path folder = LiveSystem.work("aws-shaped");
        clientPath = new CutProxy("client", channelPort, SEED, AwsShapedIT::plan);
        nodePath = new CutProxy("node", channelPort, SEED, AwsShapedIT::plan);
        server = ServerProcess.prepare(folder, apiPort, channelPort, "")
                .configure("org.sallyport.core.edge", Map.of("channel.url", "wss://localhost:" + clientPath.port()))
                .configure(
                        "org.sallyport.core.session",
                        Map.of("node.away.s", "" + AWAY_SECONDS, "resume.window.s", "" + AWAY_SECONDS));
        server.start();
        api = server.awaitReady();
        api.allowHybridSessions();
        node = ModelNode.start(
                api,
                server.api(),
                URI.create("https://localhost:" + channelPort),
                URI.create("https://localhost:" + nodePath.port()),
                LINES);
        connector = new WebSocketConnector(api.trust(), ProxySettings.direct());
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
            connector.close();
        }
        if (server != null) {
            server.close();
        }
        clientPath.close();
        nodePath.close();
    }

    @Test
    void cutsInsideOfTheTimingsLoseNothing() throws Exception {
        List<ModelClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                clients.add(talking(SEED + i));
            }
            clientPath.storm();
            nodePath.storm();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (System.nanoTime() < end) {
                for (ModelClient client : clients) {
                    assertThat(client.end()).as(state(client)).isNotDone();
                    assertThat(client.check().fault()).as(state(client)).isEmpty();
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            clientPath.calm();
            nodePath.calm();
            for (ModelClient client : clients) {
                awaitCaughtUp(client);
                client.finish();
            }
            for (ModelClient client : clients) {
                Awaitility.await().atMost(WAIT_SECONDS, TimeUnit.SECONDS).untilAsserted(() -> assertThat(
                                client.end().getNow("open"))
                        .as(state(client))
                        .isEqualTo("closed: "));
                assertThat(client.check().fault()).as(state(client)).isEmpty();
                assertThat(client.check().verdict()).as(state(client)).startsWith("GOOD ");
                assertThat(cause(client)).startsWith("EXITED");
            }
            System.out.printf(
                    "AWS-SHAPED %d sessions, %d s; %s; %s; 0 lost%n", SESSIONS, SECONDS, clientPath, nodePath);
        } finally {
            clientPath.calm();
            nodePath.calm();
            clients.forEach(ModelClient::close);
        }
    }

    @Test
    void aNodeThatGaveUpIsLostAndToldOverItsControlChannel() throws Exception {
        try (ModelClient client = talking(SEED)) {
            ModelShell shell = node.shell(client.sessionId()).orElseThrow();
            nodePath.refuse(true);
            Awaitility.await("the node to give up")
                    .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                    .until(shell::gaveUp);
            assertThat(shell.running()).as("it keeps its shell").isTrue();
            nodePath.refuse(false);

            awaitEnd(client, "closed: ");

            assertThat(client.end().join()).contains("lost its connection");
            assertThat(cause(client)).startsWith("NODE_LOST");
            awaitTold(shell);
        } finally {
            nodePath.refuse(false);
        }
    }

    @Test
    void aClientThatHangsIsLostAndItsShellEnds() throws Exception {
        try (ModelClient client = talking(SEED)) {
            ModelShell shell = node.shell(client.sessionId()).orElseThrow();
            clientPath.refuse(true);

            awaitEnd(client, "hangs");
            clientPath.refuse(false);

            awaitTold(shell);
            assertThat(cause(client)).startsWith("CLIENT_LOST");
        } finally {
            clientPath.refuse(false);
        }
    }

    @Test
    void aKeyTypedIntoADeadSocketEndsTheClientAndItsShellEnds() throws Exception {
        try (ModelClient client = talking(SEED)) {
            ModelShell shell = node.shell(client.sessionId()).orElseThrow();
            clientPath.refuse(true);
            Awaitility.await("the key that is the end")
                    .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                    .until(() -> {
                        client.typeBlindly();
                        return client.end().isDone();
                    });
            assertThat(client.end().join()).isIn("broken pipe", "hangs");
            clientPath.refuse(false);

            awaitTold(shell);
            assertThat(cause(client)).startsWith("CLIENT_LOST");
        } finally {
            clientPath.refuse(false);
        }
    }

    @Test
    void aServerThatIsKilledLeavesNoShellBehind() throws Exception {
        try (ModelClient client = talking(SEED)) {
            ModelShell shell = node.shell(client.sessionId()).orElseThrow();
            server.kill();
            Awaitility.await("the node to give up")
                    .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                    .until(shell::gaveUp);
            server.start();
            server.awaitReady().close();

            awaitTold(shell);
            assertThat(cause(client)).startsWith("NODE_LOST");
        }
    }

    /** A session whose two streams flow. */
    private static ModelClient talking(long seed) throws Exception {
        ModelClient client = new ModelClient(LINES, seed, api.startSession(node.nodeId()), api, connector);
        client.begin();
        client.typeOn();
        Awaitility.await("streams")
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(client.check().lines()).as(state(client)).isGreaterThan(5));
        return client;
    }

    /** A program ends two seconds after its last output, acknowledged or not: what the cuts held up has to be through before. */
    private static void awaitCaughtUp(ModelClient client) {
        ModelShell shell = node.shell(client.sessionId()).orElseThrow();
        Awaitility.await("both streams to catch up")
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(shell.unacknowledged() + client.unacknowledged())
                        .as(state(client))
                        .isLessThan(CAUGHT_UP));
    }

    private static void awaitEnd(ModelClient client, String how) {
        Awaitility.await("the end").atMost(WAIT_SECONDS, TimeUnit.SECONDS).untilAsserted(() -> assertThat(
                        client.end().getNow("open"))
                .as(state(client))
                .startsWith(how));
    }

    private static void awaitTold(ModelShell shell) {
        Awaitility.await("the node to be told")
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(shell.wasTold()).as(shell.state()).isTrue());
        assertThat(shell.running()).as(shell.state()).isFalse();
        assertThat(node.running()).as("shells that run").isEmpty();
    }

    private static String cause(ModelClient client) {
        return Awaitility.await("the end in the history")
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .until(
                        () -> api.sessions("History").stream()
                                .filter(s -> s.path("SessionId").asText().equals(client.sessionId()))
                                .map(s -> s.path("Details").asText())
                                .findFirst()
                                .orElse(""),
                        details -> !details.isEmpty());
    }

    private static String state(ModelClient client) {
        return client.state() + " / "
                + node.shell(client.sessionId()).map(ModelShell::state).orElse("not started");
    }

    /** Connections last long enough to be of use, and silence ends before anybody gives up. */
    private static CutPlan plan(Random random) {
        CutPlan any = CutPlan.random(random, MEAN_LIFE_MILLIS, 2_000);
        long least = 12_000;
        return new CutPlan(
                any.kind(),
                any.up(),
                Math.max(least, any.offset()),
                700 + any.afterMillis(),
                any.silenceMillis(),
                any.acceptorFirst());
    }
}
