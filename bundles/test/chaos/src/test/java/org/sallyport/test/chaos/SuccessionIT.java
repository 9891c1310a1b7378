package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Outcome;
import org.sallyport.core.edge.tls.PassedDays;
import org.sallyport.test.e2e.LiveSystem;

/**
 * A server's certificate is renewed and its authority replaced while sessions run over the web-sockets of both ends: none of it breaks a connection,
 * and whoever has to connect again at any step gets in, believing at first the old authority and at last the new one alone.
 */
class SuccessionIT {
    private static final long PATIENCE_SECONDS = 240;
    private static final int SESSIONS = 2;
    /** More than what may have left the node before: what comes then came over the connections that there are now. */
    private static final int LINES_UNDER_WAY = 100;

    private final int apiPort = Ports.free();
    private final int channelPort = Ports.free();
    private final Path folder = LiveSystem.work("succession");

    SuccessionIT() throws IOException {
        // ports
    }

    @Test
    void sessionsLiveThroughARenewalAndTheChangeOfTheAuthority() throws Exception {
        try (CutProxy clientChannel = proxy("client-channel", channelPort);
                CutProxy nodeChannel = proxy("node-channel", channelPort);
                CutProxy clientApi = proxy("client-api", apiPort);
                CutProxy nodeApi = proxy("node-api", apiPort);
                NodeFolder node = new NodeFolder();
                ServerProcess server = ServerProcess.prepare(folder, apiPort, channelPort, "")
                        .configure(
                                "org.sallyport.core.edge",
                                Map.of("channel.url", "wss://localhost:" + clientChannel.port()))) {
            server.start();
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
                                SESSIONS,
                                "");
                        Api api = Api.of(server, URI.create("https://localhost:" + clientApi.port()));
                        WebSocketConnector connector = new WebSocketConnector(api.trust(), ProxySettings.direct())) {
                    List<StreamClient> clients = Stream.of("a", "b")
                            .map(label -> open(label, agent, node, api, connector))
                            .toList();
                    try {
                        for (StreamClient client : clients) {
                            Awaitility.await("the node's program of " + client.state())
                                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                    .until(client.check()::begun);
                            client.stream();
                        }
                        List<CutProxy> legs = List.of(clientChannel, nodeChannel, clientApi, nodeApi);
                        succession(server, agent, api.trust(), clients, legs);
                        clients.forEach(StreamClient::finish);
                        for (StreamClient client : clients) {
                            Awaitility.await("the end of " + client.state())
                                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                    .until(client.outcome()::isDone);
                            assertThat(client.check().fault()).isEmpty();
                            assertThat(client.check().verdict()).startsWith("GOOD ");
                            assertThat(client.outcome().join().how()).isEqualTo(Outcome.How.ENDED);
                        }
                    } finally {
                        clients.forEach(StreamClient::close);
                    }
                }
            }
        }
    }

    private void succession(
            ServerProcess server, AgentProcess agent, CaTrust learning, List<StreamClient> clients, List<CutProxy> legs)
            throws Exception {
        Path tls = server.ca().getParent();
        String oldPem = Files.readString(server.ca());
        List<X509Certificate> first = ServedChain.of(channelPort);
        assertThat(first).hasSize(2);

        Files.delete(tls.resolve("server.pem"));
        List<X509Certificate> renewed = awaitChain(chain -> !chain.get(0).equals(first.get(0)));
        assertThat(renewed.get(1)).as("the same authority").isEqualTo(first.get(1));
        goOnAndComeBack(clients, legs);

        Files.createFile(tls.resolve("rotate-ca"));
        awaitChain(chain -> chain.size() == 4);
        goOnAndComeBack(clients, legs);
        Awaitility.await("what the agent believes and keeps")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> agent.keptAuthorities() == 2);

        PassedDays passed = new PassedDays(tls);
        passed.sinceTheIntroduction(Duration.ofDays(31));
        List<X509Certificate> changed = awaitChain(chain -> chain.get(1).equals(passed.next()));
        changed.get(0).verify(passed.next().getPublicKey());
        goOnAndComeBack(clients, legs);

        passed.sinceTheIntroduction(Duration.ofDays(61));
        awaitChain(chain -> chain.size() == 2);
        goOnAndComeBack(clients, legs);
        assertThat(ServedChain.shown(learning.sslContext(), channelPort))
                .as("who was introduced to the new authority")
                .hasSize(2);
        CaTrust asleep = CaTrust.ofPem(List.of(oldPem));
        assertThatThrownBy(() -> ServedChain.shown(asleep.sslContext(), channelPort))
                .as("who knows the old authority alone")
                .isInstanceOf(SSLException.class);
    }

    /** On both ports; no connection ends of it, or the sessions would have dialled. */
    private List<X509Certificate> awaitChain(Predicate<List<X509Certificate>> wanted) {
        Awaitility.await("the chain of both ports")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> wanted.test(ServedChain.of(channelPort)) && wanted.test(ServedChain.of(apiPort)));
        try {
            return ServedChain.of(channelPort);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The connections that are open carry on; then all are broken, and the sessions go on over new ones. */
    private static void goOnAndComeBack(List<StreamClient> clients, List<CutProxy> legs) throws IOException {
        for (StreamClient client : clients) {
            int dialled = client.reconnects();
            awaitProgress(client);
            assertThat(client.reconnects()).as(client.state()).isEqualTo(dialled);
        }
        List<Integer> before = clients.stream().map(StreamClient::reconnects).toList();
        legs.forEach(leg -> leg.cutAll(CutKind.RESET, 0));
        for (int i = 0; i < clients.size(); i++) {
            StreamClient client = clients.get(i);
            int dialled = before.get(i);
            Awaitility.await("the reconnect of " + client.state())
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> client.reconnects() > dialled);
            awaitProgress(client);
        }
    }

    private static void awaitProgress(StreamClient client) throws IOException {
        long lines = client.check().lines();
        long written = client.written();
        Awaitility.await("bytes both ways of " + client.state())
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> client.check().lines() > lines + LINES_UNDER_WAY && client.written() > written);
        assertThat(client.check().fault()).isEmpty();
    }

    private static StreamClient open(
            String label, AgentProcess agent, NodeFolder node, Api api, WebSocketConnector connector) {
        try {
            StreamClient client =
                    new StreamClient(label, 100, node.path(), api.startSession(agent.nodeId()), api, connector);
            client.begin();
            return client;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static CutProxy proxy(String name, int target) throws IOException {
        return new CutProxy(name, target, 1, random -> {
            throw new IllegalStateException("it cuts when it is told to");
        });
    }
}
