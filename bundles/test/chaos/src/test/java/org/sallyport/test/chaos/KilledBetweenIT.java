package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Outcome;
import org.sallyport.core.recording.JournalContent;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.test.e2e.LiveSystem;
import org.sallyport.test.faults.Fault;
import org.sallyport.test.faults.Fault.Moment;

/**
 * The server dies at the moments that matter, between the journal's write and the forwarding, and between the forwarding and the note of the
 * acknowledgement, and before the node obeys the order to start. After its return the session goes on, both streams are exact, and the journal holds what passed, each message once.
 */
class KilledBetweenIT {
    private static final int LINES = 40;
    private static final long WAIT_SECONDS = 90;
    private static final int SESSIONS = 20;

    private static ServerProcess server;
    private static AgentProcess agent;
    private static NodeFolder node;
    private static Api api;
    private static WebSocketConnector connector;
    private static Path fault;

    @BeforeAll
    static void start() throws Exception {
        Path folder = LiveSystem.work("killed-between");
        fault = Files.createDirectories(folder).resolve("fault");
        Path bundle = FaultBundle.make(folder);
        int apiPort = Ports.free();
        int channelPort = Ports.free();
        node = new NodeFolder();
        // Felix's launcher takes more bundles from properties; the level is behind those of the server.
        server = ServerProcess.prepare(
                folder,
                apiPort,
                channelPort,
                "-Dfelix.auto.start.4=%s -D%s=%s".formatted(bundle.toUri(), Fault.PROPERTY, fault));
        server.start();
        api = server.awaitReady();
        api.allowHybridSessions();
        agent = AgentProcess.start(
                folder.resolve("agent"),
                api,
                server.ca(),
                server.api(),
                URI.create("https://localhost:" + channelPort),
                SESSIONS,
                "");
        connector = new WebSocketConnector(api.trust(), ProxySettings.direct());
    }

    @AfterAll
    static void stop() throws IOException {
        if (connector != null) {
            connector.close();
        }
        if (agent != null) {
            agent.close();
        }
        if (server != null) {
            server.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRITTEN, NODE, 3",
        "WRITTEN, NODE, 60",
        "WRITTEN, CLIENT, 2",
        "WRITTEN, CLIENT, 40",
        "ACKNOWLEDGED, NODE, 3",
        "ACKNOWLEDGED, NODE, 60",
        "ACKNOWLEDGED, CLIENT, 2",
        "ACKNOWLEDGED, CLIENT, 40"
    })
    void theSessionGoesOnAndTheJournalIsExact(Moment moment, DataEnd from, long number) throws Exception {
        String label = "%s%s%d".formatted(moment, from, number).toLowerCase(Locale.ROOT);
        agent.awaitConnected(api);
        new Fault(moment, from, number).arm(fault);
        try (StreamClient client =
                new StreamClient(label, LINES, node.path(), api.startSession(agent.nodeId()), api, connector)) {
            client.begin();
            boolean streaming = false;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (server.alive() && System.nanoTime() < end) {
                if (!streaming && client.check().begun()) {
                    streaming = true;
                    client.stream();
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(server.alive()).as("the server after " + client.state()).isFalse();
            assertThat(fault).as("the fault was taken").doesNotExist();
            goesOn(client, streaming);
            journal(client);
            System.out.printf(
                    "KILLED %s the message %d of the %s: %d bytes out, %d in, exact%n",
                    moment, number, from, client.check().bytes(), client.written());
        }
    }

    /** The node stands still, so that it reads the order when the server is gone, if it has it at all. */
    @Test
    void aSessionBeginsWhoseOrderWasUnderWay() throws Exception {
        agent.awaitConnected(api);
        agent.signal("STOP");
        Api.Started started;
        try {
            started = api.startSession(agent.nodeId());
            server.kill();
        } finally {
            agent.signal("CONT");
        }
        try (StreamClient client = new StreamClient("ordered", LINES, node.path(), started, api, connector)) {
            client.begin();
            goesOn(client, false);
        }
    }

    private static void goesOn(StreamClient client, boolean streaming) throws Exception {
        server.start();
        server.awaitReady().close();
        Awaitility.await("the stream to begin")
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(client.check().begun()).as(client.state()).isTrue());
        if (!streaming) {
            client.stream();
        }
        long before = client.check().lines();
        Awaitility.await("the streams to go on")
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(client.check().lines()).as(client.state()).isGreaterThan(before + LINES));
        client.finish();
        assertThat(client.outcome().get(WAIT_SECONDS, TimeUnit.SECONDS).how())
                .as(client.state())
                .isEqualTo(Outcome.How.ENDED);
        assertThat(client.check().fault()).isEmpty();
        assertThat(client.check().verdict()).startsWith("GOOD ");
    }

    private static void journal(StreamClient client) throws IOException {
        Path file = find(client.sessionId());
        Awaitility.await("the seal of " + file)
                .atMost(WAIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(JournalContent.read(file).state()).isEqualTo("SEALED"));
        JournalContent journal = JournalContent.read(file);
        assertThat(journal.lives()).as("lives of the journal").isGreaterThan(1);
        assertThat(journal.doubled()).as("messages that stand in it twice").isZero();
        assertThat(journal.whole(DataEnd.NODE)).as("output without a gap").isTrue();
        assertThat(journal.whole(DataEnd.CLIENT)).as("input without a gap").isTrue();
        assertThat(StreamClient.digest(journal.bytes(DataEnd.NODE)))
                .as("output as the client showed and acknowledged it")
                .isEqualTo(client.shown());
        assertThat(StreamClient.digest(journal.bytes(DataEnd.CLIENT)))
                .as("input as it was typed")
                .isEqualTo(client.typed());
    }

    private static Path find(String sessionId) throws IOException {
        try (var all = Files.walk(server.data().resolve("journals"))) {
            return all.filter(p -> p.getFileName().toString().equals(sessionId + ".journal"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no journal of " + sessionId));
        }
    }
}
