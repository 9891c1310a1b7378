package org.sallyport.protocol.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.protocol.Recording;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.PayloadType;

/** Our ends against the real ones, as recorded. */
class RecordedHandshakeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"port-mux.jsonl", "noninteractive.jsonl"})
    void ourClientAnswersTheRealAgentAsThePluginDoes(String file) throws Exception {
        ClientHandshake client =
                new ClientHandshake("1.2.677.0", Set.of("Port", "NonInteractiveCommands", "Standard_Stream"));

        HandshakeResponse response = client.request(payload(file, PayloadType.HANDSHAKE_REQUEST));
        client.complete(payload(file, PayloadType.HANDSHAKE_COMPLETE));

        assertThat(MAPPER.readTree(response.toJson()))
                .isEqualTo(MAPPER.readTree(payload(file, PayloadType.HANDSHAKE_RESPONSE)));
        assertThat(client.state()).isEqualTo(ClientHandshake.State.COMPLETE);
        assertThat(client.agentVersion()).contains("3.3.0.0");
    }

    @Test
    void ourAgentAsksThePluginAsTheRealOneDoes() throws Exception {
        Map<String, String> properties =
                Map.of("localPortNumber", "19991", "portNumber", "18081", "type", "LocalPortForwarding");
        AgentHandshake port = new AgentHandshake("3.3.0.0", "Port", properties);
        AgentHandshake command = new AgentHandshake("3.3.0.0", "NonInteractiveCommands", Map.of());

        assertAsksAndAccepts(port, "port-mux.jsonl");
        assertAsksAndAccepts(command, "noninteractive.jsonl");
    }

    @Test
    void encryptionIsAnsweredUnsupported() throws Exception {
        ClientHandshake client = new ClientHandshake("1.2.677.0", Set.of("Standard_Stream"));

        HandshakeResponse response = client.request(payload("kms.jsonl", PayloadType.HANDSHAKE_REQUEST));

        assertThat(response.actions())
                .extracting(ProcessedAction::type, ProcessedAction::status)
                .containsExactly(
                        tuple(ActionType.SESSION_TYPE, ActionStatus.SUCCESS),
                        tuple(ActionType.KMS_ENCRYPTION, ActionStatus.UNSUPPORTED));
    }

    private static void assertAsksAndAccepts(AgentHandshake agent, String file) throws Exception {
        JsonNode asked = MAPPER.readTree(agent.start(0).toJson());
        HandshakeComplete complete = agent.response(payload(file, PayloadType.HANDSHAKE_RESPONSE), 3);

        assertThat(asked).isEqualTo(MAPPER.readTree(payload(file, PayloadType.HANDSHAKE_REQUEST)));
        assertThat(agent.clientVersion()).contains("1.2.677.0");
        HandshakeComplete recorded = HandshakeComplete.parse(payload(file, PayloadType.HANDSHAKE_COMPLETE));
        assertThat(recorded.timeToComplete()).isPositive();
        assertThat(complete.customerMessage()).isEqualTo(recorded.customerMessage());
    }

    private static byte[] payload(String file, int payloadType) throws Exception {
        for (JsonNode event : Recording.named(file).events("ws-binary")) {
            AgentMessage message = AgentMessage.decode(ByteBuffer.wrap(Recording.bytes(event)), true);
            if (message.payloadType() == payloadType) {
                return message.payload();
            }
        }
        throw new AssertionError("%s has no message of payload type %d".formatted(file, payloadType));
    }
}
