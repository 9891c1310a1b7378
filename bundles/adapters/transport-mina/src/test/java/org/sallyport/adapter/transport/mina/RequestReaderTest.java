package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestReaderTest {

    static Stream<Arguments> refused() {
        String host = "Host: x\r\n";
        return Stream.of(
                Arguments.of("not HTTP", "SSH-2.0-OpenSSH\r\n\r\n", 400),
                Arguments.of("lower-case method", "get / HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("old HTTP", "GET / HTTP/1.0\r\n" + host + "\r\n", 505),
                Arguments.of("absolute target", "GET http://x/ HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("bare LF", "GET / HTTP/1.1\n" + host + "\r\n", 400),
                Arguments.of("bare CR", "GET / HTTP/1.1\r\nA: b\rc\r\n" + host + "\r\n", 400),
                Arguments.of("no host", "GET / HTTP/1.1\r\n\r\n", 400),
                Arguments.of("two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400),
                Arguments.of("folded line", "GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n", 400),
                Arguments.of("blank before colon", "GET / HTTP/1.1\r\n" + host + "A : b\r\n\r\n", 400),
                Arguments.of("NUL in a header", "GET / HTTP/1.1\r\n" + host + "A: \0\r\n\r\n", 400),
                Arguments.of("both lengths", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400),
                Arguments.of("two lengths", post("Content-Length: 3\r\nContent-Length: 3\r\n"), 400),
                Arguments.of("list of lengths", post("Content-Length: 3, 3\r\n"), 400),
                Arguments.of("signed length", post("Content-Length: +3\r\n"), 400),
                Arguments.of("endless length", post("Content-Length: 99999999999\r\n"), 400),
                Arguments.of("body over 16 KiB", post("Content-Length: 16385\r\n"), 413),
                Arguments.of("other coding", post("Transfer-Encoding: gzip, chunked\r\n"), 501),
                Arguments.of("chunk over 16 KiB", post("Transfer-Encoding: chunked\r\n") + "4001\r\n", 413),
                Arguments.of("chunk size overflow", post("Transfer-Encoding: chunked\r\n") + "ffffffffff\r\n", 413),
                Arguments.of("negative chunk", post("Transfer-Encoding: chunked\r\n") + "-1\r\n", 400),
                Arguments.of(
                        "chunk extension", post("Transfer-Encoding: chunked\r\n") + "1;a=b\r\nx\r\n0\r\n\r\n", 400),
                Arguments.of("chunk without CR LF", post("Transfer-Encoding: chunked\r\n") + "1\r\nxy", 400),
                Arguments.of("trailer", post("Transfer-Encoding: chunked\r\n") + "0\r\nA: b\r\n\r\n", 400),
                Arguments.of("100 headers", "GET / HTTP/1.1\r\n" + host + "A: b\r\n".repeat(100) + "\r\n", 431),
                Arguments.of("head over 16 KiB", "GET /" + "a".repeat(16 * 1024), 431));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatTwoReadersCouldUnderstandDifferently(String name, String request, int status) {
        assertThatThrownBy(() -> new RequestReader().feed(bytes(request)))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void readsTheRequestAsItCame() throws Exception {
        RequestReader reader = new RequestReader();
        ByteBuffer bytes = bytes(
                "POST /v1/a%20b?x=1&y HTTP/1.1\r\nHost: h:1\r\nX-Empty:\r\nx-a:  two words \r\nContent-Length: 2\r\n\r\nabNEXT");

        assertThat(reader.feed(bytes)).isTrue();
        assertThat(bytes.remaining()).as("the next request is left").isEqualTo(4);
        assertThat(reader.head().rawPath()).isEqualTo("/v1/a%20b");
        assertThat(reader.head().rawQuery()).isEqualTo("x=1&y");
        assertThat(reader.head().headers()).contains(Map.entry("X-Empty", ""), Map.entry("x-a", "two words"));
        assertThat(reader.body()).containsExactly('a', 'b');
    }

    @Test
    void piecesOfAnySizeGiveTheSameRequest() throws Exception {
        String request = post("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\nA\r\n, worldly!\r\n0\r\n\r\n";
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            RequestReader reader = new RequestReader();
            ByteBuffer all = bytes(request);
            boolean complete = false;
            while (all.hasRemaining()) {
                assertThat(complete).isFalse();
                int count = 1 + random.nextInt(Math.min(9, all.remaining()));
                complete = reader.feed(all.slice(all.position(), count));
                all.position(all.position() + count);
            }
            assertThat(complete).isTrue();
            assertThat(new String(reader.body(), StandardCharsets.US_ASCII)).isEqualTo("hello, worldly!");
        }
    }

    @Test
    void randomBytesNeverEscapeAsAnythingButARefusal() {
        Random random = new Random(12);
        for (int run = 0; run < 5_000; run++) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            byte[] start = post("Transfer-Encoding: chunked\r\n").getBytes(StandardCharsets.US_ASCII);
            int keep = random.nextInt(start.length + 1);
            System.arraycopy(start, 0, noise, 0, keep);
            try {
                new RequestReader().feed(ByteBuffer.wrap(noise));
            } catch (BadRequestException e) {
                assertThat(e.status()).isBetween(400, 505);
            }
        }
    }

    private static String post(String headers) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
