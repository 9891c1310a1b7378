package org.sallyport.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    /** Reads one kind of payload. */
    private interface Parser {
        Object parse(byte[] payload) throws MalformedMessageException;
    }

    private static final Map<Parser, byte[]> PARSERS = Map.of(
            Acknowledge::parse,
            new Acknowledge("output_stream_data", ID, 4, true).toJson(),
            ChannelClosed::parse,
            ChannelClosed.of(ID, "2026-01-01T00:00:00Z", "mi-1", "s-1", "bye").toJson(),
            SessionStatePayload::parse,
            new SessionStatePayload("Connected", "s-1").toJson(),
            TerminalSize::parse,
            new TerminalSize(80, 24).toJson(),
            TaskComplete::parse,
            new TaskComplete("s-1", "Success", "mi-1", "", TaskComplete.Logs.NONE, 2).toJson(),
            TaskAcknowledge::parse,
            new TaskAcknowledge(ID, "s-1").toJson(),
            SessionTask::parse,
            task().toJson(),
            payload -> OpenChannel.parse(new String(payload, StandardCharsets.ISO_8859_1)),
            OpenChannel.ofClient(ID, "token", "client", "1.2.0.0").toJson().getBytes(StandardCharsets.US_ASCII),
            Flag::parse,
            Flag.TERMINATE_SESSION.toBytes(),
            ExitCode::parse,
            new ExitCode(3).toBytes());

    @Test
    void acknowledgeIsAsTheRealProgramsWriteIt() {
        AgentMessage received = new AgentMessage("output_stream_data", 1, 5, 4, 0, ID, 1, new byte[1]);

        AgentMessage acknowledge = Messages.acknowledge(received, UUID.randomUUID(), 9);

        assertThat(acknowledge.text())
                .isEqualTo("{\"AcknowledgedMessageType\":\"output_stream_data\",\"AcknowledgedMessageId\":"
                        + "\"00112233-4455-6677-8899-aabbccddeeff\",\"AcknowledgedMessageSequenceNumber\":4,"
                        + "\"IsSequentialMessage\":true}");
        assertThat(acknowledge.flags()).isEqualTo(3);
        assertThat(acknowledge.sequenceNumber()).isZero();
    }

    @Test
    void acknowledgeOfAHeaderIsTheSameAsOfTheMessage() throws Exception {
        AgentMessage received = new AgentMessage("output_stream_data", 1, 5, 4, 0, ID, 1, new byte[1]);
        MessageHeader header = MessageHeader.read(ByteBuffer.wrap(received.encode()));

        assertThat(Messages.acknowledge(header, ID, 9).encode())
                .isEqualTo(Messages.acknowledge(received, ID, 9).encode());
    }

    @Test
    void messagesCarryTheFlagsOfTheirType() {
        SessionStatePayload state = new SessionStatePayload(SessionStatePayload.CONNECTED, "s-1");

        assertThat(Messages.sessionState(state, ID, 1).flags()).isEqualTo(3);
        assertThat(List.of(
                        Messages.startPublication(ID, 1),
                        Messages.pausePublication(ID, 1),
                        Messages.interactiveShell(task(), ID, 1)))
                .allMatch(message -> message.flags() == 0 && message.payloadType() == 0);
    }

    @Test
    void taskKeepsDocumentAndParameters() throws Exception {
        assertThat(SessionTask.parse(task().toJson())).isEqualTo(task());
        assertThat(SessionTask.parse("{\"Content\":\"{\\\"DocumentContent\\\":{},\\\"SessionId\\\":\\\"s-1\\\"}\"}"
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new SessionTask("", "{}", "s-1", Map.of(), "", ""));
    }

    @Test
    void emptyChannelClosedIsReadAsOrdinaryEnd() throws Exception {
        assertThat(ChannelClosed.parse(new byte[] {'{', '}'}).output()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void flagIsFourBytes(Flag flag) throws Exception {
        assertThat(flag.toBytes()).hasSize(4);
        assertThat(Flag.parse(flag.toBytes())).isEqualTo(flag);
    }

    @Test
    void unknownFlagsAndLengthsAreRefused() {
        assertThatThrownBy(() -> Flag.parse(new byte[] {0, 0, 0, 4})).hasMessageContaining("unknown flag 4");
        assertThatThrownBy(() -> Flag.parse(new byte[5])).hasMessageContaining("4 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 255, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void exitCodeComesBack(int code) throws Exception {
        assertThat(ExitCode.parse(new ExitCode(code).toBytes()).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"cols\":80,\"rows\":24}{}",
                "{\"cols\":80,\"cols\":80,\"rows\":24}",
                "{\"cols\":80}",
                "{\"cols\":80,\"rows\":0}",
                "{\"cols\":80,\"rows\":65536}",
                "{\"cols\":80,\"rows\":24.5}",
                "{\"cols\":80,\"rows\":\"24\"}",
                "{\"cols\":80,\"rows\":99999999999999999999}"
            })
    void sizesThatAreNotOneAreRefused(String json) {
        assertThatThrownBy(() -> TerminalSize.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void deepOrLargeJsonIsRefused() {
        byte[] deep = ("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").getBytes(StandardCharsets.UTF_8);
        byte[] large = ("{\"SessionState\":\"" + "a".repeat(1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ChannelClosed.parse(deep)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> SessionStatePayload.parse(large)).hasMessageContaining("more than");
        assertThatThrownBy(() -> OpenChannel.parse("{\"TokenValue\":\"" + "a".repeat(20_000) + "\"}"))
                .hasMessageContaining("more than");
    }

    @Test
    void mutatedPayloadsNeverThrowAnythingElse() {
        Random random = new Random(8);
        int refused = 0;
        int taken = 0;
        for (int round = 0; round < 3_000; round++) {
            for (Map.Entry<Parser, byte[]> parser : PARSERS.entrySet()) {
                byte[] payload = parser.getValue().clone();
                for (int i = random.nextInt(4); i > 0; i--) {
                    payload[random.nextInt(payload.length)] = (byte)
                            (random.nextBoolean() ? random.nextInt() : "\"{}[]:,0-.e\\u".charAt(random.nextInt(13)));
                }
                try {
                    parser.getKey().parse(payload);
                    taken++;
                } catch (MalformedMessageException e) {
                    refused++;
                }
            }
        }

        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }

    private static SessionTask task() {
        return new SessionTask(
                "SSM-SessionManagerRunShell",
                "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Standard_Stream\"}",
                "s-1",
                Map.of("portNumber", "80"),
                "",
                "arn:aws:iam::123456789012:user/alice");
    }

    @Test
    void aNoticeSurvivesTheWire() throws Exception {
        SessionNotice notice = new SessionNotice(SessionNotice.IDLE_SOON, 60, "Nothing was typed.");

        assertThat(SessionNotice.parse(notice.toJson())).isEqualTo(notice);
    }

    @Test
    void aNoticeThatIsTooLongOrCountsBackwardsIsRefused() {
        byte[] tooLong = new SessionNotice("Kind", 0, "x".repeat(SessionNotice.MAX_TEXT + 1)).toJson();
        byte[] backwards = new SessionNotice("Kind", -1, "").toJson();

        assertThatThrownBy(() -> SessionNotice.parse(tooLong)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> SessionNotice.parse(backwards)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void onlyAClientThatWantsNoticesAsksForThem() throws Exception {
        OpenChannel plain = OpenChannel.ofClient(UUID.randomUUID(), "token", "client", "1.2.677.0");

        assertThat(plain.toJson()).doesNotContain("Notices");
        assertThat(OpenChannel.parse(plain.toJson()).notices()).isFalse();
        assertThat(OpenChannel.parse(plain.withNotices().toJson()).notices()).isTrue();
    }

    @Test
    void aPositionSurvivesTheWireAndAnImpossibleOneIsRefused() throws Exception {
        SessionPosition position = new SessionPosition(17, 5);
        byte[] backwards = new SessionPosition(-1, 0).toJson();
        byte[] beyond = new SessionPosition(0, Long.MAX_VALUE).toJson();

        assertThat(SessionPosition.parse(position.toJson())).isEqualTo(position);
        assertThatThrownBy(() -> SessionPosition.parse(backwards)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> SessionPosition.parse(beyond)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void onlyAClientThatTakesOverNamesTheOther() throws Exception {
        OpenChannel plain = OpenChannel.ofClient(UUID.randomUUID(), "token", "client", "1.2.677.0");

        assertThat(plain.toJson()).doesNotContain("TakesOver");
        assertThat(OpenChannel.parse(plain.takingOver("other").withNotices().toJson())
                        .takesOver())
                .contains("other");
        assertThat(plain.takingOver("other").toString()).doesNotContain("other");
    }
}
