package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Outcome;
import org.sallyport.test.database.TestDatabase;

/**
 * Sessions that carry hashed streams both ways while every leg is cut in every way and the server is killed: no byte is lost, doubled or
 * reordered, and no session is lost.
 */
final class CutStorm {
    private static final int EAGER = 3;
    private static final long START_SECONDS = 180;
    private static final long END_SECONDS = 300;

    private final Weather weather;
    private final long seed;
    private final Optional<TestDatabase> database;

    /**
     * How it rages.
     *
     * @param seconds in all, without the time in which the server is away
     * @param kills of the server
     * @param meanMillis of the life of a connection to the channel port
     * @param leastCuts what the luckiest session has to see
     */
    record Weather(int sessions, long seconds, int kills, long meanMillis, int leastCuts) {}

    /** @param database for the server; empty: the embedded one. Its connections are cut, too */
    CutStorm(Weather weather, long seed, Optional<TestDatabase> database) {
        this.weather = weather;
        this.seed = seed;
        this.database = database;
    }

    void rage(Path folder) throws Exception {
        System.out.printf("CHAOS seed %d, %s%n", seed, weather);
        int apiPort = Ports.free();
        int channelPort = Ports.free();
        long life = weather.meanMillis();
        try (CutProxy clientChannel = proxy("client-channel", channelPort, life);
                CutProxy nodeChannel = proxy("node-channel", channelPort, life);
                CutProxy clientApi = proxy("client-api", apiPort, 2 * life);
                CutProxy nodeApi = proxy("node-api", apiPort, 2 * life);
                CutProxy store = proxy("store", database.map(TestDatabase::port).orElse(apiPort), 2 * life);
                NodeFolder node = new NodeFolder();
                ServerProcess server = ServerProcess.prepare(folder, apiPort, channelPort, "")
                        .configure(
                                "org.sallyport.core.edge",
                                Map.of("channel.url", "wss://localhost:" + clientChannel.port()))) {
            if (database.isPresent()) {
                server.storeIn(database.get().through(store.port()));
            }
            server.start();
            List<CutProxy> proxies = List.of(clientChannel, nodeChannel, clientApi, nodeApi, store);
            try (Api direct = server.awaitReady()) {
                direct.allowHybridSessions();
                URI nodeApiUrl = URI.create("https://localhost:" + nodeApi.port());
                URI nodeChannelUrl = URI.create("https://localhost:" + nodeChannel.port());
                try (AgentProcess agent = AgentProcess.start(
                                folder.resolve("agent"),
                                direct,
                                server.ca(),
                                nodeApiUrl,
                                nodeChannelUrl,
                                weather.sessions(),
                                "");
                        Api api = Api.of(server, URI.create("https://localhost:" + clientApi.port()));
                        WebSocketConnector connector = new WebSocketConnector(api.trust(), ProxySettings.direct())) {
                    List<StreamClient> clients = open(agent, node, api, connector);
                    try {
                        storm(server, proxies, clients);
                        proxies.forEach(CutProxy::calm);
                        verify(clients, direct);
                        report(clients, agent, proxies);
                        awaitNothingLeft(agent, node);
                    } finally {
                        proxies.forEach(proxy -> System.out.println("CHAOS " + proxy));
                        clients.forEach(StreamClient::close);
                    }
                }
            }
            // A storm that did not reach the store proves nothing about it.
            assertThat(store.tally().cuts() > 0)
                    .as("connections to the store were cut: %s", store)
                    .isEqualTo(database.isPresent());
        }
    }

    private List<StreamClient> open(AgentProcess agent, NodeFolder node, Api api, WebSocketConnector connector)
            throws IOException, InterruptedException {
        List<StreamClient> clients = new ArrayList<>();
        for (int i = 0; i < weather.sessions(); i++) {
            int rate = i < EAGER ? 400 : 15 + 2 * (i % 10);
            StreamClient client = new StreamClient(
                    "s" + i + "x" + Long.toHexString(seed),
                    rate,
                    node.path(),
                    api.startSession(agent.nodeId()),
                    api,
                    connector);
            clients.add(client);
            client.begin();
        }
        for (StreamClient client : clients) {
            Awaitility.await("the node's program of " + client.state())
                    .atMost(START_SECONDS, TimeUnit.SECONDS)
                    .until(client.check()::begun);
            client.stream();
        }
        return clients;
    }

    /** Cuts all the time; the time in which the server is away does not count. */
    private void storm(ServerProcess server, List<CutProxy> proxies, List<StreamClient> clients) throws Exception {
        proxies.forEach(CutProxy::storm);
        long part = TimeUnit.SECONDS.toNanos(weather.seconds()) / (weather.kills() + 1);
        Random random = new Random(seed);
        for (int kill = 1; kill <= weather.kills(); kill++) {
            await(System.nanoTime() + part, clients);
            server.kill();
            long killed = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
            server.start();
            server.awaitReady().close();
            System.out.printf(
                    "CHAOS kill -9 number %d, answers again after %d ms%n",
                    kill, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
        }
        await(System.nanoTime() + part, clients);
    }

    /** Lets the storm rage; a session that is broken ends it at once. */
    private static void await(long until, List<StreamClient> clients) throws Exception {
        while (System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(200);
            for (StreamClient client : clients) {
                assertThat(client.check().fault()).as(client.state()).isEmpty();
                assertThat(client.outcome()).as(client.state()).isNotDone();
            }
        }
    }

    private static void verify(List<StreamClient> clients, Api api) throws Exception {
        clients.forEach(StreamClient::finish);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (System.nanoTime() < end
                && !clients.stream().allMatch(c -> c.outcome().isDone())) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        List<String> bad = new ArrayList<>();
        for (StreamClient client : clients) {
            boolean good = client.check().ended()
                    && client.check().fault().isEmpty()
                    && client.check().verdict().startsWith("GOOD ")
                    && client.outcome().isDone()
                    && client.outcome().join().how() == Outcome.How.ENDED;
            if (!good) {
                bad.add(client.state());
            }
        }
        assertThat(bad).as("sessions with lost, doubled or late bytes").isEmpty();

        Map<String, JsonNode> history = api.sessions("History").stream()
                .collect(Collectors.toMap(s -> s.path("SessionId").asText(), s -> s));
        for (StreamClient client : clients) {
            assertThat(history.get(client.sessionId()).path("Details").asText())
                    .as(client.state())
                    .startsWith("EXITED");
        }
        assertThat(api.sessions("Active")).isEmpty();
    }

    private void report(List<StreamClient> clients, AgentProcess agent, List<CutProxy> proxies) throws IOException {
        Map<String, Long> lostAtNode = agent.log().stream()
                .filter(line -> line.contains("data channel lost"))
                .map(line -> line.replaceAll(".*Session (\\S+): data channel lost.*", "$1"))
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        IntSummaryStatistics cuts = clients.stream()
                .mapToInt(c -> c.reconnects()
                        + lostAtNode.getOrDefault(c.sessionId(), 0L).intValue())
                .summaryStatistics();
        long out = clients.stream().mapToLong(c -> c.check().bytes()).sum();
        long in = clients.stream().mapToLong(StreamClient::written).sum();
        System.out.printf(
                "CHAOS %d sessions, %d cuts, %d kills; %d to %d (mean %.0f) losses a session; %d bytes out, %d bytes in, 0 lost%n",
                weather.sessions(),
                proxies.stream().mapToLong(p -> p.tally().cuts()).sum(),
                weather.kills(),
                cuts.getMin(),
                cuts.getMax(),
                cuts.getAverage(),
                out,
                in);
        assertThat(cuts.getMin())
                .as("losses that the luckiest session saw")
                .isGreaterThanOrEqualTo(weather.leastCuts());
    }

    private static void awaitNothingLeft(AgentProcess agent, NodeFolder node) {
        Awaitility.await("no process to be left on the node")
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    assertThat(agent.children()).isEmpty();
                    assertThat(node.processes()).isEmpty();
                });
        assertThat(agent.alive()).isTrue();
    }

    private CutProxy proxy(String name, int target, long life) throws IOException {
        return new CutProxy(name, target, seed, random -> CutPlan.random(random, life, 4_000));
    }
}
