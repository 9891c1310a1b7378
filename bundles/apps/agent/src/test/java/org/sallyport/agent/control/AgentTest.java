package org.sallyport.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import org.sallyport.protocol.message.TaskAcknowledge;
import org.sallyport.protocol.message.TaskComplete;

/** Orders, shells and their ends. */
@Timeout(90)
class AgentTest extends AgentTestBase {
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
    void stoppingTheAgentEndsTheShellsAndTellsTheServer() throws Exception {
        TestClient client = shell("bob-18");
        client.type("echo pid=$$=\n");
        long shell = number(client, "pid=(\\d+)=");

        agent.close();

        assertThat(completion().taskId()).isEqualTo("bob-18");
        assertThat(TestProcesses.alive(shell)).isFalse();
    }
}
