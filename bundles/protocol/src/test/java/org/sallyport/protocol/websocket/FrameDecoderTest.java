package org.sallyport.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final int MAX = 70_000;

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyLengthFormComesBackAsSent(Role sender) throws Exception {
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, MAX}) {
            byte[] payload = new byte[length];
            new Random(length).nextBytes(payload);

            ByteBuffer frame = new FrameEncoder(sender).binary(ByteBuffer.wrap(payload));

            RecordingSink sink = new RecordingSink();
            new FrameDecoder(other(sender), MAX).feed(frame, sink);
            assertThat(sink.calls).containsExactly("binary " + HexFormat.of().formatHex(payload));
            assertThat(frame.hasRemaining()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void cutAtEveryByteTheResultIsTheSame(Role sender) throws Exception {
        FrameEncoder encoder = new FrameEncoder(sender);
        byte[] stream = joined(
                encoder.ping("keepalive".getBytes(StandardCharsets.UTF_8)),
                encoder.text("gr\u00fc\u00dfe \ud83d\ude00"),
                encoder.binary(ByteBuffer.wrap(new byte[200])),
                encoder.pong(new byte[0]),
                encoder.close(CloseCode.NORMAL, "done"));
        List<String> whole = decode(sender, stream, stream.length);

        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(decode(sender, stream, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(whole).hasSize(5).contains("text gr\u00fc\u00dfe \ud83d\ude00", "close 1000 done");
    }

    @Test
    void randomFragmentsWithControlFramesBetweenAreJoined() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] payload = new byte[random.nextInt(3_000)];
            random.nextBytes(payload);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            int pings = writeFragments(stream, payload, random);

            RecordingSink sink = new RecordingSink();
            FrameDecoder decoder = new FrameDecoder(Role.SERVER, MAX);
            ByteBuffer in = ByteBuffer.wrap(stream.toByteArray());
            while (in.hasRemaining()) {
                byte[] piece = new byte[Math.min(in.remaining(), 1 + random.nextInt(50))];
                in.get(piece);
                decoder.feed(ByteBuffer.wrap(piece), sink);
            }

            assertThat(sink.calls).as("seed %d", seed).hasSize(pings + 1);
            assertThat(sink.calls.get(pings))
                    .isEqualTo("binary " + HexFormat.of().formatHex(payload));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "c20100, 1002, reserved bit",
        "a20100, 1002, reserved bit",
        "920100, 1002, reserved bit",
        "8300, 1002, unknown opcode 3",
        "8b00, 1002, unknown opcode 11",
        "8280, 1002, must not mask",
        "0900, 1002, control frame",
        "897e, 1002, control frame",
        "8000, 1002, continuation without",
        "0200 8200, 1002, new message inside",
        "827e007d, 1002, shortest form",
        "827f000000000000ffff, 1002, shortest form",
        "827fffffffffffffffff, 1002, shortest form",
        "827f0000000000011171, 1009, at most 70000",
        "827f7fffffffffffffff, 1009, at most 70000",
        "02020000 807f0000000000011170, 1009, at most 70000",
        "8101ff, 1007, UTF-8",
        "8103eda080, 1007, UTF-8",
        "8101c3, 1007, UTF-8",
        "880103, 1002, close code",
        "880203ed, 1002, close code",
        "880203ee, 1002, close code",
        "88020000, 1002, close code",
        "88021388, 1002, close code",
        "880303e8ff, 1007, UTF-8"
    })
    void framesAgainstTheRulesEndTheConnectionWithTheRightCode(String hex, int code, String text) {
        FrameDecoder decoder = new FrameDecoder(Role.CLIENT, MAX);
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        RecordingSink sink = new RecordingSink();

        WebSocketProtocolException first = catchThrowableOfType(
                WebSocketProtocolException.class, () -> decoder.feed(ByteBuffer.wrap(bytes), sink));
        WebSocketProtocolException second = catchThrowableOfType(
                WebSocketProtocolException.class,
                () -> decoder.feed(ByteBuffer.wrap(new byte[] {(byte) 0x82, 0}), sink));

        assertThat(first).hasMessageContaining(text);
        assertThat(first.closeCode()).isEqualTo(code);
        assertThat(second).isSameAs(first);
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void serverRefusesFramesThatAreNotMasked() {
        FrameDecoder decoder = new FrameDecoder(Role.SERVER, MAX);

        WebSocketProtocolException refused = catchThrowableOfType(
                WebSocketProtocolException.class,
                () -> decoder.feed(new FrameEncoder(Role.SERVER).text("hello"), new RecordingSink()));

        assertThat(refused).hasMessageContaining("must mask");
        assertThat(refused.closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 1014, 3000, 4000, 4999})
    void closeCodesInRangeArrive(int code) throws Exception {
        RecordingSink sink = new RecordingSink();
        FrameDecoder decoder = new FrameDecoder(Role.CLIENT, MAX);

        decoder.feed(new FrameEncoder(Role.SERVER).close(code, "why"), sink);

        assertThat(sink.calls).containsExactly("close " + code + " why");
        assertThat(decoder.closed()).isTrue();
    }

    @Test
    void bytesBehindACloseFrameAreIgnored() throws Exception {
        RecordingSink sink = new RecordingSink();
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("8800ffffffff"));
        FrameDecoder decoder = new FrameDecoder(Role.CLIENT, MAX);

        decoder.feed(in, sink);
        decoder.feed(ByteBuffer.wrap(new byte[] {(byte) 0xff}), sink);

        assertThat(sink.calls).containsExactly("close 1005 ");
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void randomBytesNeverThrowAnythingElse() {
        Random random = new Random(99);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[0] = (byte) (bytes[0] & 0x8b);
            }
            FrameDecoder decoder = new FrameDecoder(random.nextBoolean() ? Role.CLIENT : Role.SERVER, MAX);
            try {
                decoder.feed(ByteBuffer.wrap(bytes), new RecordingSink());
            } catch (WebSocketProtocolException e) {
                refused++;
            }
        }

        assertThat(refused).isPositive();
    }

    private static List<String> decode(Role sender, byte[] stream, int cut) throws WebSocketProtocolException {
        RecordingSink sink = new RecordingSink();
        FrameDecoder decoder = new FrameDecoder(other(sender), MAX);
        decoder.feed(ByteBuffer.wrap(stream, 0, cut), sink);
        decoder.feed(ByteBuffer.wrap(stream, cut, stream.length - cut), sink);
        return sink.calls;
    }

    /** Client's frames: the first has the opcode, the others continue; the number of pings between them is returned. */
    private static int writeFragments(ByteArrayOutputStream stream, byte[] payload, Random random) {
        FrameEncoder encoder = new FrameEncoder(Role.CLIENT, random);
        int pings = 0;
        int at = 0;
        boolean first = true;
        boolean last = false;
        while (!last) {
            int length = Math.min(payload.length - at, random.nextInt(700));
            last = at + length == payload.length && random.nextBoolean();
            byte[] frame = bytes(encoder.binary(ByteBuffer.wrap(payload, at, length)));
            frame[0] = (byte) ((last ? 0x80 : 0) | (first ? Opcode.BINARY : Opcode.CONTINUATION));
            stream.writeBytes(frame);
            at += length;
            first = false;
            if (!last && random.nextInt(3) == 0) {
                stream.writeBytes(bytes(encoder.ping(new byte[] {1})));
                pings++;
            }
        }
        return pings;
    }

    private static byte[] joined(ByteBuffer... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer frame : frames) {
            all.writeBytes(bytes(frame));
        }
        return all.toByteArray();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Role other(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }
}
