package org.sallyport.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.pty4j.unix.PtyHelpers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.session.SessionLimits;
import org.sallyport.agent.shell.NativeLibraries;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.testing.TestChannel;
import org.sallyport.agent.testing.TestClient;
import org.sallyport.agent.testing.TestProcesses;
import org.sallyport.agent.testing.TestServer;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionStatePayload;
import org.sallyport.protocol.message.SessionTask;
import org.sallyport.protocol.message.TaskAcknowledge;
import org.sallyport.protocol.message.TaskComplete;

/** The whole agent, with real terminals, against a server made of the protocol's codecs. */
@Timeout(90)
class AgentTest {
    private static final String SHELL = "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Standard_Stream\",\"inputs\":{}}";
    private static final int SIGUSR1 = 10;
    private static final SessionLimits LIMITS = new SessionLimits(
            2, Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(300));

    @TempDir
    static Path natives;

    private TestServer server;
    private Agent agent;
    private TestChannel control;

    @BeforeEach
    void start() throws Exception {
        NativeLibraries.unpackInto(natives);
        server = new TestServer();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        server.trust(keys.getPublic());
        Identity identity = new Identity(
                TestServer.NODE,
                server.url(),
                server.url(),
                TestServer.REGION,
                UUID.randomUUID(),
                server.tls().pem(),
                keys.getPrivate());
        agent = new Agent(identity, "0.1.0.0", LIMITS, ShellAccount.ofThisMachine());
        agent.start();
        control = server.control();
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        server.close();
    }

    @Test
    void opensItsControlChannelAndReportsItself() throws Exception {
        assertThat(control.opening().tokenValue()).isEqualTo("token-for-" + TestServer.NODE);

        JsonNode ping = server.report();
        JsonNode report = server.report();

        assertThat(ping.size()).isEqualTo(4);
        assertThat(report.path("AgentName").asText()).isEqualTo("sallyport-agent");
        assertThat(report.path("AgentStatus").asText()).isEqualTo("Active");
        assertThat(report.path("PlatformType").asText()).isEqualTo("Linux");
        assertThat(report.path("ComputerName").asText()).isNotEmpty();
        assertThat(server.refusals).isEmpty();
    }

    @Test
    void aLostControlChannelIsMadeAgain() throws Exception {
        control.drop();

        TestChannel next = server.control();

        assertThat(next.opening().tokenValue()).isNotEmpty();
        await().until(agent::connected);
    }

    @Test
    void runsAShellWhoseFirstLineHasTheClientsSize() throws Exception {
        TestChannel data = order("bob-1");
        assertThat(data.opening().clientInstanceId()).contains(TestServer.NODE);
        assertThat(state(data)).isEqualTo(SessionStatePayload.CONNECTED);
        AgentMessage first = data.message();
        TestClient client = new TestClient(data);

        client.size(101, 37);
        client.type("echo $((6*7))-$(stty size)\n");
        client.awaitText("42-37 101");

        assertThat(first.type()).isEqualTo(MessageTypes.OUTPUT_STREAM_DATA);
        assertThat(first.payloadType()).isEqualTo(PayloadType.OUTPUT);
        assertThat(first.payload()).isEmpty();
        assertThat(client.text()).doesNotContain("24 80");
    }

    @Test
    void aClientThatNeverTellsItsSizeGetsAShellAllTheSame() throws Exception {
        TestClient client = new TestClient(order("bob-2"));

        client.awaitText("$");
        client.type("echo size-$(stty size)\n");

        client.awaitText("size-24 80");
    }

    @Test
    void followsResizesAndPassesControlC() throws Exception {
        TestClient client = shell("bob-3");

        client.size(120, 50);
        // One process says the size and sleeps: a Ctrl-C that comes while a shell starts its next command can be lost
        // in it.
        client.type("sh -c 'echo wide-$(stty size); exec sleep 600'\n");
        client.awaitText("wide-50 120");
        client.type("\u0003");
        // A shell throws away what is typed before it has the terminal back.
        client.awaitMatch("(?s)\\^C.*\\$ ");
        client.type("echo alive-$((2+2))\n");

        client.awaitText("alive-4");
        assertThat(client.unacknowledged()).isLessThanOrEqualTo(1);
    }

    @Test
    void theLastOutputWaitsForAClientThatIsAway() throws Exception {
        TestChannel data = order("bob-20");
        TestClient client = new TestClient(data);
        client.size(80, 24);
        client.awaitText("$");
        client.type("sleep 1; echo tail-$((40+2)); exit\n");
        client.awaitText("exit\r");
        data.send(Messages.pausePublication(UUID.randomUUID(), now()));

        long longerThanTheFlush = 2 * SessionLimits.DEFAULT.flush().toMillis();
        for (AgentMessage said = data.poll(longerThanTheFlush); said != null; said = data.poll(longerThanTheFlush)) {
            assertThat(said.type()).isNotEqualTo(MessageTypes.AGENT_SESSION_STATE);
        }

        data.send(Messages.startPublication(UUID.randomUUID(), now()));
        client.awaitText("tail-42");
        client.awaitState(SessionStatePayload.TERMINATING);
    }

    @Test
    void exitSendsAllOutputThenSaysSo() throws Exception {
        TestChannel data = order("bob-4");
        TestClient client = new TestClient(data);
        client.size(80, 24);

        client.type("exec sh -c 'seq 1 30000; echo last'\n");
        client.awaitText("30000\r\nlast\r\n");
        client.awaitState(SessionStatePayload.TERMINATING);

        assertThat(completion().finalTaskStatus()).isEqualTo(TaskComplete.SUCCESS);
        await().until(data::ended);
    }

    @Test
    void aReportGoesThreeTimesWithOneIdUntilAcknowledged() throws Exception {
        TestClient client = shell("bob-5");

        client.type("exit\n");
        AgentMessage first = control.message(MessageTypes.AGENT_TASK_COMPLETE);
        AgentMessage second = control.message(MessageTypes.AGENT_TASK_COMPLETE);
        control.send(
                Messages.taskAcknowledge(new TaskAcknowledge(second.messageId(), "bob-5"), UUID.randomUUID(), now()));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(TaskComplete.parse(second.payload()).retryNumber()).isEqualTo(2);
        assertThat(control.poll(1_500)).as("after the acknowledgement").isNull();
    }

    @Test
    void backgroundProcessesEndWhenTheServerClosesTheSessionOnTheControlChannel() throws Exception {
        TestClient client = shell("bob-6");
        client.type("sleep 600 & echo job=$!=\n");
        long job = number(client, "job=(\\d+)=");

        control.send(Messages.channelClosed(
                ChannelClosed.of(UUID.randomUUID(), Instant.now().toString(), "", "bob-6", ""),
                UUID.randomUUID(),
                now()));
        TaskComplete completion = completion();

        assertThat(completion.taskId()).isEqualTo("bob-6");
        assertThat(completion.finalTaskStatus()).isEqualTo(TaskComplete.SUCCESS);
        assertThat(TestProcesses.alive(job)).isFalse();
    }

    @Test
    void channelClosedOnTheDataChannelEndsTheSession() throws Exception {
        TestChannel data = order("bob-7");
        TestClient client = new TestClient(data);
        client.size(80, 24);
        client.awaitText("$");

        data.send(Messages.channelClosed(
                ChannelClosed.of(UUID.randomUUID(), Instant.now().toString(), "", "bob-7", ""),
                UUID.randomUUID(),
                now()));

        assertThat(completion().finalTaskStatus()).isEqualTo(TaskComplete.SUCCESS);
        await().until(data::ended);
    }

    @Test
    void noByteIsLostOrDoubledOverALostDataChannel() throws Exception {
        TestChannel data = order("bob-8");
        TestClient client = new TestClient(data);
        client.size(80, 24);
        client.type("stty -echo; echo ready-$((1+1))\n");
        client.awaitText("ready-2");
        client.silent(true);
        client.type("seq 1 20000; echo done-$((1+2))\n");
        client.await(MessageTypes.ACKNOWLEDGE);

        data.drop();
        TestChannel next = server.data();
        client.over(next);
        client.silent(false);
        client.awaitText("done-3");

        String expected = numbers(20000);
        assertThat(client.text()).contains(expected);
        assertThat(client.text().split("\r\n10000\r\n", -1)).hasSize(2);
        assertThat(next.opening().tokenValue()).isEqualTo("token-for-bob-8");
    }

    /** One after another they would take longer than a server waits for its node. */
    @Test
    void triesWhosePacketsVanishDoNotFollowOneAnother() throws Exception {
        TestChannel data = order("bob-80");
        TestClient client = new TestClient(data);
        client.size(80, 24);
        client.type("echo ready-$((1+1))\n");
        client.awaitText("ready-2");

        server.vanish(4);
        data.drop();
        client.over(server.data());
        client.type("echo still-$((2+3))\n");

        client.awaitText("still-5");
    }

    /** It died when it had given the order, and knows the session when it is back. */
    @Test
    void aSessionBeginsThoughTheServerIsRestartedMeanwhile() throws Exception {
        server.hangUp(7);

        shell("bob-81");
    }

    @Test
    void pausedItReadsTheTerminalNoMoreAndGoesOnWhenStarted() throws Exception {
        TestChannel data = order("bob-9");
        TestClient client = new TestClient(data);
        client.size(80, 24);
        client.type("exec sh -c 'trap \"echo last-$((4+4))\" USR1; echo pid=$$=; while :; do sleep 0.1; done'\n");
        long shell = number(client, "pid=(\\d+)=");
        data.send(Messages.pausePublication(UUID.randomUUID(), now()));
        // Nothing is acknowledged here, which would end the pause.
        await().until(() -> data.poll(300) == null);

        PtyHelpers.signal((int) shell, SIGUSR1);
        AgentMessage whilePaused = data.poll(700);
        data.send(Messages.startPublication(UUID.randomUUID(), now()));
        client.awaitText("last-8");

        assertThat(whilePaused).isNull();
    }

    @Test
    void whatTheAgentCannotDoFailsWithAText() throws Exception {
        order(control, "bob-10", SHELL.replace("Standard_Stream", "Port"));
        TaskComplete port = completion();
        order(control, "bob-11", SHELL.replace("{}", "{\"kmsKeyId\":\"k\"}"));
        TaskComplete encrypted = completion();
        order(control, "bob-12", SHELL.replace("{}", "{\"runAsEnabled\":true,\"runAsDefaultUser\":\"root\"}"));
        TaskComplete runAs = completion();

        assertThat(port.finalTaskStatus()).isEqualTo(TaskComplete.FAILED);
        assertThat(port.output()).contains("Port");
        assertThat(encrypted.output()).contains("KMS");
        assertThat(runAs.output()).contains("another account");
    }

    @Test
    void anIdThatRunsIsDroppedAndTheNumberOfSessionsIsBounded() throws Exception {
        shell("bob-13");
        order(control, "bob-13", SHELL);
        shell("bob-14");

        order(control, "bob-15", SHELL);
        TaskComplete refused = completion();

        assertThat(refused.taskId()).isEqualTo("bob-15");
        assertThat(refused.finalTaskStatus()).isEqualTo(TaskComplete.FAILED);
        assertThat(refused.output()).contains("2 sessions");
    }

    @Test
    void aSessionWhoseChannelIsRefusedFailsWithTheServersText() throws Exception {
        server.refuseDataChannels("Session is already terminated");

        order(control, "bob-16", SHELL);
        TaskComplete completion = completion();

        assertThat(completion.finalTaskStatus()).isEqualTo(TaskComplete.FAILED);
        assertThat(completion.output()).contains("already terminated");
        assertThat(server.refusals).hasSize(1);
    }

    @Test
    void inputThatComesAgainIsAcknowledgedAgainAndTypedOnce() throws Exception {
        TestChannel data = order("bob-17");
        TestClient client = new TestClient(data);
        client.size(80, 24);
        client.type("stty -echo; echo quiet-$((3*3))\n");
        client.awaitText("quiet-9");
        AgentMessage typed = client.send(PayloadType.OUTPUT, "echo once-$((5*5))\n".getBytes());
        client.awaitText("once-25");

        data.send(typed);
        client.await(MessageTypes.ACKNOWLEDGE);
        client.type("echo then-$((6*6))\n");
        client.awaitText("then-36");

        assertThat(client.text().split("once-25", -1)).hasSize(2);
    }

    @Test
    void stoppingTheAgentEndsTheShellsAndTellsTheServer() throws Exception {
        TestClient client = shell("bob-18");
        client.type("echo pid=$$=\n");
        long shell = number(client, "pid=(\\d+)=");

        agent.close();

        assertThat(completion().taskId()).isEqualTo("bob-18");
        assertThat(TestProcesses.alive(shell)).isFalse();
    }

    /** A session with a prompt. */
    private TestClient shell(String session) throws Exception {
        TestClient client = new TestClient(order(session));
        client.size(80, 24);
        client.awaitText("$");
        return client;
    }

    private TestChannel order(String session) throws Exception {
        order(control, session, SHELL);
        return server.data();
    }

    private static void order(TestChannel control, String session, String document) throws Exception {
        SessionTask task = new SessionTask("test", document, session, Map.of(), "", "arn:aws:iam::1:user/bob");
        control.send(Messages.interactiveShell(task, UUID.randomUUID(), now()));
    }

    /** The next report of an ended session, acknowledged. */
    private TaskComplete completion() throws Exception {
        AgentMessage message = control.message(MessageTypes.AGENT_TASK_COMPLETE);
        TaskComplete content = TaskComplete.parse(message.payload());
        if (!control.ended()) {
            control.send(Messages.taskAcknowledge(
                    new TaskAcknowledge(message.messageId(), content.taskId()), UUID.randomUUID(), now()));
        }
        return content;
    }

    private static String state(TestChannel data) throws Exception {
        AgentMessage message = data.message();
        assertThat(message.type()).isEqualTo(MessageTypes.AGENT_SESSION_STATE);
        return SessionStatePayload.parse(message.payload()).state();
    }

    private static long number(TestClient client, String pattern) throws Exception {
        return Long.parseLong(client.awaitMatch(pattern).group(1));
    }

    private static String numbers(int last) {
        StringBuilder lines = new StringBuilder("1\r\n");
        for (int i = 2; i <= last; i++) {
            lines.append(i).append("\r\n");
        }
        return lines.toString();
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
