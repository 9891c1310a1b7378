package org.sallyport.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentMessageTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final AgentMessage MESSAGE = new AgentMessage(
            MessageTypes.OUTPUT_STREAM_DATA,
            1,
            1_700_000_000_000L,
            7,
            0,
            ID,
            PayloadType.OUTPUT,
            "hi".getBytes(StandardCharsets.UTF_8));
    private static final byte[] FRAME = HexFormat.of()
            .parseHex(("00000074 6f75747075745f73747265616d5f64617461 2020202020202020202020202020 00000001"
                            + "0000018bcfe56800 0000000000000007 0000000000000000 8899aabbccddeeff0011223344556677"
                            + "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4 00000001 00000002 6869")
                    .replace(" ", ""));

    @Test
    void vectorOfTheSpecificationIsEncodedAndDecoded() throws Exception {
        AgentMessage decoded = AgentMessage.decode(ByteBuffer.wrap(FRAME), true);

        assertThat(MESSAGE.encode()).isEqualTo(FRAME);
        assertThat(decoded).usingRecursiveComparison().isEqualTo(MESSAGE);
        assertThat(decoded.text()).isEqualTo("hi");
    }

    @Test
    void headerIsReadFromTheMiddleOfABufferWhichIsLeftAsItWas() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(FRAME.length + 20)
                .position(9)
                .put(FRAME)
                .flip()
                .position(9);

        MessageHeader header = MessageHeader.read(buffer);

        assertThat(header.messageId()).isEqualTo(ID);
        assertThat(header.payloadLength()).isEqualTo(2);
        assertThat(buffer.position()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00000075, header length",
        "0, ffffffff, header length",
        "4, 0000000000000000000000000000000000000000000000000000000000000000, one word",
        "10, 20, one word",
        "4, 0a, byte 0x0a",
        "4, ff, byte 0xff",
        "40, 0000000000000000, created date",
        "80, 00, digest"
    })
    void fieldOutOfBoundsIsRefusedByName(int offset, String hex, String message) {
        byte[] frame = FRAME.clone();
        byte[] change = HexFormat.of().parseHex(hex);
        System.arraycopy(change, 0, frame, offset, change.length);

        assertThatThrownBy(() -> AgentMessage.decode(ByteBuffer.wrap(frame), true))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void frameCutAnywhereIsRefused() {
        for (int length = 0; length < FRAME.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(FRAME, 0, length);
            boolean payloadGone = length == AgentMessage.PAYLOAD_OFFSET;
            if (!payloadGone) {
                assertThatThrownBy(() -> AgentMessage.decode(cut, true)).isInstanceOf(MalformedMessageException.class);
            }
        }
    }

    @Test
    void nulPaddingIsReadAsBlanks() throws Exception {
        byte[] frame = FRAME.clone();
        for (int i = 4; i < 36; i++) {
            frame[i] = frame[i] == ' ' ? 0 : frame[i];
        }

        assertThat(MessageHeader.read(ByteBuffer.wrap(frame)).type()).isEqualTo(MessageTypes.OUTPUT_STREAM_DATA);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "'two words', 1", "abcdefghijklmnopqrstuvwxyz0123456, 1", "acknowledg\u00e9, 1", "x, 0"})
    void whatEveryReaderDropsIsNotEncoded(String type, long created) {
        AgentMessage message = new AgentMessage(type, 1, created, 0, 0, ID, 0, new byte[0]);

        assertThatThrownBy(message::encode).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mutatedFramesNeverThrowAnythingElse() {
        Random random = new Random(20);
        int decoded = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] frame = Arrays.copyOf(FRAME, random.nextInt(FRAME.length * 2));
            for (int i = random.nextInt(6); i > 0 && frame.length > 0; i--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            try {
                AgentMessage message = AgentMessage.decode(ByteBuffer.wrap(frame), random.nextBoolean());
                assertThat(message.encode()).hasSameSizeAs(frame);
                decoded++;
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageNotContaining("stream");
            }
        }

        assertThat(decoded).isBetween(1, 49_999);
    }
}
