package org.sallyport.test.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.sallyport.protocol.handshake.AgentHandshake;
import org.sallyport.protocol.handshake.ClientHandshake;
import org.sallyport.protocol.handshake.HandshakeComplete;
import org.sallyport.protocol.handshake.HandshakeException;
import org.sallyport.protocol.handshake.HandshakeResponse;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * Any payloads in any order at both sides of a handshake. A step is one byte for what it is, two for the length, and so many of payload.
 */
class HandshakeFuzzTest {
    private static final Set<String> TYPES = Set.of("Standard_Stream", "Port", "NonInteractiveCommands");
    private static final int STEPS = 16;

    private final ClientHandshake client = new ClientHandshake("1.2.677.0", TYPES);
    private final AgentHandshake agent = new AgentHandshake("3.3.0.0", "Port", Map.of("portNumber", "22"));
    private boolean clientOver;
    private boolean agentOver;

    @FuzzTest
    void handshake(byte[] data) {
        HandshakeFuzzTest both = new HandshakeFuzzTest();
        both.agent.start(0);
        ByteBuffer script = ByteBuffer.wrap(data);
        for (int step = 0; step < STEPS && script.remaining() >= 3; step++) {
            int what = script.get() & 3;
            byte[] payload = new byte[Math.min(script.getShort() & 0xffff, script.remaining())];
            script.get(payload);
            switch (what) {
                case 0 -> both.clientRequest(payload);
                case 1 -> both.clientComplete(payload);
                case 2 -> both.agentResponse(payload, step);
                default -> both.agentTick(payload.length * 1_000L);
            }
            both.overStaysOver();
        }
    }

    private void clientRequest(byte[] payload) {
        try {
            HandshakeResponse response = client.request(payload);
            assertThat(HandshakeResponse.parse(response.toJson())).isEqualTo(response);
            assertThat(client.state()).isEqualTo(ClientHandshake.State.ANSWERED);
            assertThat(client.agentVersion()).isPresent();
            client.sessionType().ifPresent(type -> assertThat(TYPES).contains(type));
            assertThat(client.properties()).doesNotContainKey(null);
        } catch (HandshakeException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (MalformedMessageException e) {
            throw new AssertionError("the own answer cannot be read", e);
        }
    }

    private void clientComplete(byte[] payload) {
        try {
            HandshakeComplete complete = client.complete(payload);
            assertThat(complete.timeToComplete()).isNotNull();
            assertThat(client.state()).isEqualTo(ClientHandshake.State.COMPLETE);
            assertThat(client.sessionType()).isPresent();
        } catch (HandshakeException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private void agentResponse(byte[] payload, long now) {
        boolean again = agentOver;
        try {
            HandshakeComplete complete = agent.response(payload, now);
            assertThat(again).isFalse();
            assertThat(HandshakeComplete.parse(complete.toJson())).isEqualTo(complete);
            assertThat(agent.state()).isEqualTo(AgentHandshake.State.COMPLETE);
            assertThat(agent.clientVersion()).isPresent();
        } catch (HandshakeException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (MalformedMessageException e) {
            throw new AssertionError("the own completion cannot be read: " + Arrays.toString(payload), e);
        }
    }

    private void agentTick(long now) {
        try {
            agent.tick(now);
        } catch (HandshakeException e) {
            assertThat(agent.state()).isEqualTo(AgentHandshake.State.FAILED);
        }
    }

    private void overStaysOver() {
        boolean failed = client.state() == ClientHandshake.State.FAILED;
        if (clientOver) {
            assertThat(failed).isTrue();
        }
        clientOver = failed;
        agentOver = agent.state() == AgentHandshake.State.COMPLETE || agent.state() == AgentHandshake.State.FAILED;
    }
}
