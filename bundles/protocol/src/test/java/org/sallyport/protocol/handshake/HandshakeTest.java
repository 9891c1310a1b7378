package org.sallyport.protocol.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final Map<String, String> PORT =
            Map.of("portNumber", "80", "localPortNumber", "8080", "type", "LocalPortForwarding");
    private static final Set<String> TYPES = Set.of("Port", "NonInteractiveCommands");

    private final AgentHandshake agent = new AgentHandshake("3.3.0.0", "Port", PORT);
    private final ClientHandshake client = new ClientHandshake("1.2.700.0", TYPES);

    @Test
    void bothEndsAgree() throws Exception {
        HandshakeRequest request = agent.start(1_000);
        HandshakeResponse response = client.request(request.toJson());
        HandshakeComplete complete = agent.response(response.toJson(), 1_250);
        client.complete(complete.toJson());

        assertThat(agent.state()).isEqualTo(AgentHandshake.State.COMPLETE);
        assertThat(client.state()).isEqualTo(ClientHandshake.State.COMPLETE);
        assertThat(agent.clientVersion()).contains("1.2.700.0");
        assertThat(client.agentVersion()).contains("3.3.0.0");
        assertThat(client.sessionType()).contains("Port");
        assertThat(client.properties()).isEqualTo(PORT);
        assertThat(complete.timeToComplete()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void unknownActionIsAnsweredUnsupportedAndFailsAtTheNode() throws Exception {
        HandshakeRequest request = new HandshakeRequest(
                "3.3.0.0",
                List.of(
                        RequestedAction.sessionType("Port", PORT),
                        new RequestedAction("KMSEncryption", "{\"KMSKeyId\":\"k\"}"),
                        new RequestedAction("Dance", "null")));

        HandshakeResponse response = client.request(request.toJson());

        assertThat(response.actions())
                .extracting(ProcessedAction::status)
                .containsExactly(ActionStatus.SUCCESS, ActionStatus.UNSUPPORTED, ActionStatus.UNSUPPORTED);
        assertThat(response.errors()).containsExactly("Unsupported action KMSEncryption", "Unsupported action Dance");
        assertThat(HandshakeResponse.parse(response.toJson())).isEqualTo(response);
    }

    @Test
    void sessionTypeThatCannotBeRunEndsBothEnds() throws Exception {
        ClientHandshake shellOnly = new ClientHandshake("1.2.700.0", Set.of("Standard_Stream"));

        HandshakeResponse response = shellOnly.request(agent.start(0).toJson());

        assertThat(response.actions()).extracting(ProcessedAction::status).containsExactly(ActionStatus.FAILED);
        assertThatThrownBy(() -> agent.response(response.toJson(), 1))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("Unknown session type Port");
        assertThat(agent.state()).isEqualTo(AgentHandshake.State.FAILED);
        assertThatThrownBy(() -> shellOnly.complete(new HandshakeComplete(Duration.ZERO, "").toJson()))
                .hasMessageContaining("cannot run");
        assertThat(shellOnly.state()).isEqualTo(ClientHandshake.State.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ClientVersion\":\"1.2.0.0\",\"ProcessedClientActions\":[],\"Errors\":null}",
                "{\"ClientVersion\":\"1.2.0.0\",\"ProcessedClientActions\":"
                        + "[{\"ActionType\":\"SessionType\",\"ActionStatus\":0,\"ActionResult\":3,\"Error\":\"\"}]}",
                "{\"ProcessedClientActions\":[]}",
                "{}",
                "nonsense"
            })
    void answersThatAreNotSuccessFail(String response) {
        agent.start(0);

        assertThatThrownBy(() -> agent.response(response.getBytes(StandardCharsets.UTF_8), 1))
                .isInstanceOf(HandshakeException.class);
        assertThat(agent.state()).isEqualTo(AgentHandshake.State.FAILED);
        assertThat(agent.clientVersion()).isEmpty();
    }

    @Test
    void clientHasFifteenSeconds() throws Exception {
        HandshakeResponse response = client.request(agent.start(1_000).toJson());

        agent.tick(15_999);
        assertThatThrownBy(() -> agent.tick(16_000)).hasMessageStartingWith("Handshake timed out. Please ensure");

        assertThat(agent.state()).isEqualTo(AgentHandshake.State.FAILED);
        assertThatThrownBy(() -> agent.response(response.toJson(), 16_001)).isInstanceOf(HandshakeException.class);
    }

    @Test
    void messagesOutOfTurnAreRefusedAndChangeNothing() throws Exception {
        assertThatThrownBy(() -> agent.response(new byte[0], 0)).isInstanceOf(HandshakeException.class);
        assertThatThrownBy(() -> client.complete(new byte[0])).hasMessageContaining("out of turn");
        HandshakeRequest request = agent.start(0);
        HandshakeResponse response = client.request(request.toJson());
        assertThatThrownBy(() -> client.request(request.toJson())).hasMessageContaining("out of turn");
        HandshakeComplete complete = agent.response(response.toJson(), 1);
        assertThatThrownBy(() -> agent.response(response.toJson(), 1)).isInstanceOf(HandshakeException.class);
        client.complete(complete.toJson());

        assertThat(agent.state()).isEqualTo(AgentHandshake.State.COMPLETE);
        assertThat(client.state()).isEqualTo(ClientHandshake.State.COMPLETE);
        assertThatThrownBy(() -> agent.start(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void mutatedPayloadsNeverThrowAnythingElse() {
        Random random = new Random(15);
        byte[] request = new AgentHandshake("3.3.0.0", "Port", PORT).start(0).toJson();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] payload = request.clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                payload[random.nextInt(payload.length)] = (byte) "\"{}[]:,09nt\\".charAt(random.nextInt(12));
            }
            AgentHandshake node = new AgentHandshake("3.3.0.0", "Port", PORT);
            node.start(0);
            try {
                HandshakeResponse response = new ClientHandshake("1.2.700.0", TYPES).request(payload);
                node.response(response.toJson(), 1);
            } catch (HandshakeException e) {
                refused++;
            }
        }

        assertThat(refused).isBetween(1, 19_999);
    }

    @ParameterizedTest
    @CsvSource({
        "3.1.1512.0, 3.1.1511.0, true, true",
        "3.1.1511.0, 3.1.1511.0, false, true",
        "3.1.1510.9, 3.1.1511.0, false, false",
        "10.0.0.0, 9.9.9.9, true, true",
        "3.2, 3.1.1511.0, false, false",
        "3.2.0.0-beta, 3.1.1511.0, false, false",
        "99999999999.0.0.0, 3.1.1511.0, false, false"
    })
    void versionsAreComparedByNumber(String version, String other, boolean newer, boolean atLeast) {
        assertThat(DottedVersion.isNewer(version, other)).isEqualTo(newer);
        assertThat(DottedVersion.isAtLeast(version, other)).isEqualTo(atLeast);
    }
}
