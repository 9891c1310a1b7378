package org.sallyport.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    @Test
    void unmaskedTextIsAsInTheStandard() {
        assertThat(hex(new FrameEncoder(Role.SERVER).text("Hello"))).isEqualTo("810548656c6c6f");
    }

    @Test
    void maskedTextIsAsInTheStandard() {
        Random standardsKey = new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt() {
                return 0x37fa213d;
            }
        };

        assertThat(hex(new FrameEncoder(Role.CLIENT, standardsKey).text("Hello")))
                .isEqualTo("818537fa213d7f9f4d5158");
    }

    @Test
    void payloadBufferIsLeftAsItWas() {
        ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2);

        ByteBuffer frame = new FrameEncoder(Role.CLIENT).binary(payload);

        assertThat(frame.remaining()).isEqualTo(8);
        assertThat(payload.array()).containsExactly(1, 2, 3);
        assertThat(payload.remaining()).isEqualTo(2);
    }

    @Test
    void longCloseReasonIsCutBetweenCharacters() throws Exception {
        RecordingSink sink = new RecordingSink();

        new FrameDecoder(Role.CLIENT, 125).feed(new FrameEncoder(Role.SERVER).close(1001, "\u20ac".repeat(60)), sink);
        new FrameDecoder(Role.CLIENT, 125)
                .feed(new FrameEncoder(Role.SERVER).close(1001, "x" + "\u20ac".repeat(60)), sink);

        assertThat(sink.calls)
                .containsExactly("close 1001 " + "\u20ac".repeat(41), "close 1001 x" + "\u20ac".repeat(40));
    }

    @Test
    void whatMayNotBeSentIsRefused() {
        FrameEncoder encoder = new FrameEncoder(Role.SERVER);

        assertThatThrownBy(() -> encoder.ping(new byte[126])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encoder.close(1006, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(hex(encoder.close(CloseCode.NONE, "ignored"))).isEqualTo("8800");
    }

    private static String hex(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
