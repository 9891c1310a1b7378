package org.sallyport.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pty4j.unix.PtyHelpers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.agent.session.SessionLimits;
import org.sallyport.agent.testing.TestChannel;
import org.sallyport.agent.testing.TestClient;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionStatePayload;

/** Shells whose data channel is lost, paused or late. */
@Timeout(90)
class AgentChannelTest extends AgentTestBase {
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
}
