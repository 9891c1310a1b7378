package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @ParameterizedTest
    @CsvSource({
        "'PROXY TCP4 192.0.2.7 10.0.0.1 4711 443', 192.0.2.7",
        "'PROXY TCP6 2001:db8::7 ::1 4711 443', 2001:db8::7",
        "'PROXY UNKNOWN',",
        "'PROXY UNKNOWN ffff::1 ffff::2 1 2',"
    })
    void readsTheLineOfVersion1AndNotAByteMore(String line, String source) throws Exception {
        assertSource(bytes(line + "\r\n"), source);
    }

    @ParameterizedTest
    @CsvSource({
        "21 11 000c c0000207 0a000001 1267 01bb, 192.0.2.7",
        "21 11 0010 c0000207 0a000001 1267 01bb 04000100, 192.0.2.7",
        "21 21 0024 20010db8000000000000000000000007 00000000000000000000000000000001 1267 01bb, 2001:db8::7",
        "20 00 0000,",
        "21 31 0004 01020304,"
    })
    void readsVersion2AndNotAByteMore(String hex, String source) throws Exception {
        assertSource(HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", "")), source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "PROXY TCP4 localhost 10.0.0.1 1 2",
                "PROXY TCP4 192.0.2.7 10.0.0.1 1",
                "PROXY TCP4 999.0.0.1 10.0.0.1 1 2",
                "PROXY UDP4 192.0.2.7 10.0.0.1 1 2",
                "proxy TCP4 192.0.2.7 10.0.0.1 1 2"
            })
    void anythingElseIsRefused(String line) {
        assertThatThrownBy(() -> new ProxyHeader().feed(ByteBuffer.wrap(bytes(line + "\r\n"))))
                .isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"11 11 000c", "22 11 000c", "21 11 07f1", "21 11 0004 01020304", "21 21 0008 0102030405060708"})
    void version2OutOfBoundsIsRefused(String hex) {
        byte[] header = HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
        assertThatThrownBy(() -> new ProxyHeader().feed(ByteBuffer.wrap(header)))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void aLineWithoutEndIsRefusedAt108Bytes() throws Exception {
        ProxyHeader header = new ProxyHeader();
        assertThat(header.feed(ByteBuffer.wrap(bytes("PROXY UNKNOWN" + " ".repeat(94)))))
                .isFalse();
        assertThatThrownBy(() -> header.feed(ByteBuffer.wrap(bytes(" ")))).isInstanceOf(BadRequestException.class);
    }

    @Test
    void randomBytesNeverDoMoreThanBeRefused() {
        Random random = new Random(6);
        byte[] signature = HexFormat.of().parseHex(SIGNATURE);
        for (int i = 0; i < 5_000; i++) {
            byte[] header = new byte[random.nextInt(300)];
            random.nextBytes(header);
            System.arraycopy(signature, 0, header, 0, Math.min(header.length, i % 2 * signature.length));
            try {
                new ProxyHeader().feed(ByteBuffer.wrap(header));
            } catch (BadRequestException e) {
                assertThat(e.status()).isEqualTo(400);
            }
        }
    }

    private static void assertSource(byte[] header, String source) throws Exception {
        ByteBuffer in = ByteBuffer.allocate(header.length + 3).put(header).put(new byte[] {22, 3, 1});
        ProxyHeader reader = new ProxyHeader();
        for (int i = 0; i < header.length - 1; i++) {
            assertThat(reader.feed(in.slice(i, 1))).isFalse();
        }
        ByteBuffer last = in.slice(header.length - 1, 4);
        assertThat(reader.feed(last)).isTrue();
        assertThat(last.remaining()).isEqualTo(3);
        assertThat(reader.source().map(InetAddress::getHostAddress).orElse(null))
                .isEqualTo(source == null ? null : InetAddress.getByName(source).getHostAddress());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
