package org.sallyport.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.protocol.Recording;

/** Every frame of the real programs is a vector. */
class RecordedMessagesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Recording> recordings() {
        return Recording.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyFrameDecodesAndEncodesToTheSameBytes(Recording recording) throws Exception {
        for (JsonNode event : recording.events("ws-binary")) {
            byte[] frame = Recording.bytes(event);
            JsonNode summary = event.path("msg");

            AgentMessage message = AgentMessage.decode(ByteBuffer.wrap(frame), true);

            assertThat(message.type()).isEqualTo(summary.path("type").asText());
            assertThat(message.sequenceNumber()).isEqualTo(summary.path("seq").asLong());
            assertThat(message.flags()).isEqualTo(summary.path("flags").asLong());
            assertThat(message.payloadType())
                    .isEqualTo(summary.path("payloadType").asInt());
            assertThat(message.payload()).hasSize(summary.path("len").asInt());
            assertThat(message.messageId()).hasToString(summary.path("id").asText());
            assertThat(message.encode()).isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void changedPayloadDoesNotMatchItsDigest(Recording recording) {
        for (JsonNode event : recording.events("ws-binary")) {
            byte[] frame = Recording.bytes(event);
            frame[frame.length - 1] ^= 1;

            assertThatThrownBy(() -> AgentMessage.decode(ByteBuffer.wrap(frame), true))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("digest");
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyJsonPayloadIsReadAndWrittenWithTheSameMeaning(Recording recording) throws Exception {
        for (JsonNode event : recording.events("ws-binary")) {
            AgentMessage message = AgentMessage.decode(ByteBuffer.wrap(Recording.bytes(event)), true);

            byte[] again = rewritten(message);

            if (again != null) {
                assertThat(meaning(again)).as(message.type()).isEqualTo(meaning(message.payload()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void openingsAreReadAndWrittenWithTheSameMeaning(Recording recording) throws Exception {
        for (JsonNode event : recording.events("ws-text")) {
            String text = new String(Recording.bytes(event), StandardCharsets.UTF_8);

            OpenChannel opening = OpenChannel.parse(text);

            assertThat(MAPPER.readTree(opening.toJson())).isEqualTo(MAPPER.readTree(text));
            assertThat(opening.toString()).doesNotContain(opening.tokenValue());
        }
    }

    private static byte[] rewritten(AgentMessage message) throws MalformedMessageException {
        byte[] payload = message.payload();
        if (message.payloadType() == PayloadType.SIZE) {
            return TerminalSize.parse(payload).toJson();
        }
        return switch (message.type()) {
            case MessageTypes.ACKNOWLEDGE -> Acknowledge.parse(payload).toJson();
            case MessageTypes.CHANNEL_CLOSED -> ChannelClosed.parse(payload).toJson();
            case MessageTypes.AGENT_SESSION_STATE ->
                SessionStatePayload.parse(payload).toJson();
            case MessageTypes.INTERACTIVE_SHELL -> SessionTask.parse(payload).toJson();
            case MessageTypes.AGENT_TASK_COMPLETE -> TaskComplete.parse(payload).toJson();
            case MessageTypes.AGENT_TASK_ACKNOWLEDGE ->
                TaskAcknowledge.parse(payload).toJson();
            default -> null;
        };
    }

    /** As a tree, with the JSON that stands as text inside a task opened. */
    private static JsonNode meaning(byte[] json) throws Exception {
        JsonNode tree = MAPPER.readTree(json);
        if (tree.has("Content")) {
            ((ObjectNode) tree)
                    .set("Content", MAPPER.readTree(tree.path("Content").asText()));
        }
        return tree;
    }
}
