package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sallyport.protocol.sigv4.Authorization;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SignatureFormatException;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.Upgrade;
import org.sallyport.protocol.websocket.UpgradeAnswer;
import org.sallyport.protocol.websocket.WebSocketProtocolException;

/**
 * Any bytes as what a stranger sends to the channel port: a request, its signature, the upgrade, then frames; and as what a server answers.
 * The first byte says where the stream is cut in two, which must make no difference.
 */
class UpgradeFuzzTest {
    private static final int MAX_MESSAGE = 1024;

    /** What a reader made of a request. */
    private record Read(boolean complete, int consumed, String refusal, Optional<RequestHead> head, String body) {}

    /** What a decoder made of a stream of frames. */
    private record Decoded(List<String> events, int failure, boolean closed) {}

    @FuzzTest
    void upgrade(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        int cut = stream.length * (data[0] & 0xff) / 255;

        Read whole = request(stream, stream.length);
        assertThat(request(stream, cut)).isEqualTo(whole);
        assertThat(request(stream, -1)).isEqualTo(whole);
        whole.head().filter(head -> whole.complete()).ifPresent(head -> accepted(head, whole.body()));

        byte[] rest = whole.complete() ? Arrays.copyOfRange(stream, whole.consumed(), stream.length) : stream;
        for (Role role : Role.values()) {
            Decoded once = frames(rest, rest.length, role);
            assertThat(frames(rest, Math.min(cut, rest.length), role)).isEqualTo(once);
            assertThat(frames(rest, -1, role)).isEqualTo(once);
        }
        answer(stream);
    }

    /** @param cut bytes of the first piece; negative for pieces of one byte */
    private static Read request(byte[] stream, int cut) {
        RequestReader reader = new RequestReader();
        int consumed = 0;
        boolean complete = false;
        String refusal = "";
        try {
            for (ByteBuffer piece : pieces(stream, cut)) {
                int before = piece.position();
                try {
                    complete = reader.feed(piece);
                } finally {
                    require(piece.position() >= before, "a reader gave bytes back");
                    consumed += piece.position() - before;
                }
                if (complete) {
                    break;
                }
                require(!piece.hasRemaining(), "bytes of an unfinished request were left");
            }
        } catch (BadRequestException e) {
            refusal = e.status() + " " + e.getMessage();
        }
        String body = complete ? new String(reader.body(), StandardCharsets.ISO_8859_1) : "";
        assertThat(body.length()).isLessThanOrEqualTo(RequestHead.MAX_BODY);
        return new Read(complete, consumed, refusal, Optional.ofNullable(reader.head()), body);
    }

    private static void accepted(RequestHead head, String body) {
        assertThat(head.headers()).hasSizeLessThanOrEqualTo(100);
        assertThat(head.rawPath()).startsWith("/");
        if (Upgrade.fault(head.method(), head.headers()).isEmpty()) {
            assertThat(Upgrade.requested(head.headers())).isTrue();
            String answer = new String(Upgrade.serverAnswer(head.headers()), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 101 ").endsWith("\r\n\r\n");
            assertThat(answer.split("\r\n")).hasSize(4);
        }
        try {
            Authorization signed = Authorization.parse(new HttpRequestView(
                    head.method(),
                    head.rawPath(),
                    head.rawQuery(),
                    head.headers(),
                    body.getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(signed.signedHeaders()).isNotEmpty().contains("host");
            assertThat(signed.timestamp()).isBetween(Instant.EPOCH.minusSeconds(1L << 40), Instant.MAX);
        } catch (SignatureFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static Decoded frames(byte[] stream, int cut, Role role) {
        FrameDecoder decoder = new FrameDecoder(role, MAX_MESSAGE);
        Events events = new Events(MAX_MESSAGE);
        int failure = 0;
        try {
            for (ByteBuffer piece : pieces(stream, cut)) {
                decoder.feed(piece, events);
                require(!piece.hasRemaining(), "bytes of frames were left");
            }
        } catch (WebSocketProtocolException e) {
            failure = e.closeCode();
        }
        assertThat(events.bytes()).isLessThanOrEqualTo(stream.length);
        return new Decoded(events.all(), failure, decoder.closed());
    }

    private static void answer(byte[] stream) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        try {
            Optional<UpgradeAnswer> answer = UpgradeAnswer.read(in);
            assertThat(in.position() > 0).isEqualTo(answer.isPresent());
            if (answer.isPresent()) {
                assertThat(in.position()).isLessThanOrEqualTo(UpgradeAnswer.MAX_BYTES);
                Upgrade.checkAnswer(answer.get(), "dGhlIHNhbXBsZSBub25jZQ==");
                assertThat(answer.get().status()).isEqualTo(101);
            }
        } catch (WebSocketProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** Cheap, for what is asked for each byte. */
    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static List<ByteBuffer> pieces(byte[] stream, int cut) {
        List<ByteBuffer> pieces = new ArrayList<>();
        if (cut < 0) {
            for (int i = 0; i < stream.length; i++) {
                pieces.add(ByteBuffer.wrap(stream, i, 1));
            }
        } else {
            pieces.add(ByteBuffer.wrap(stream, 0, cut));
            pieces.add(ByteBuffer.wrap(stream, cut, stream.length - cut));
        }
        return pieces;
    }
}
