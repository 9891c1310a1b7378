package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CutterTest {
    private final Utf8Cutter cutter = new Utf8Cutter(8);

    @Test
    void asciiIsCutAtTheLimitAndGoesAtOnce() {
        List<byte[]> payloads = cut("0123456789");

        assertThat(payloads).extracting(String::new).containsExactly("01234567", "89");
        assertThat(cutter.end()).isEmpty();
    }

    @Test
    void aCharacterIsNeverSplitAtTheLimit() {
        List<byte[]> payloads = cut("1234567\u20ac");

        assertThat(payloads)
                .extracting(p -> new String(p, StandardCharsets.UTF_8))
                .containsExactly("1234567", "\u20ac");
    }

    @Test
    void aCharacterSplitBetweenReadsIsJoined() {
        byte[] face = "\ud83d\ude00".getBytes(StandardCharsets.UTF_8);

        List<byte[]> first = cutter.cut(face, 3);
        List<byte[]> second = cutter.cut(new byte[] {face[3]}, 1);

        assertThat(first).isEmpty();
        assertThat(second).containsExactly(face);
    }

    @Test
    void bytesThatAreNoTextPassUnchanged() {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        ByteArrayOutputStream all = new ByteArrayOutputStream();

        for (int from = 0; from < noise.length; from += 100) {
            cutter.cut(java.util.Arrays.copyOfRange(noise, from, from + 100), 100)
                    .forEach(all::writeBytes);
        }
        cutter.end().forEach(all::writeBytes);

        assertThat(all.toByteArray()).isEqualTo(noise);
    }

    @Test
    void whatNeverBecomesACharacterComesAtTheEnd() {
        List<byte[]> before = cutter.cut(new byte[] {'a', (byte) 0xe2, (byte) 0x82}, 3);

        assertThat(before).containsExactly(new byte[] {'a'});
        assertThat(cutter.end()).containsExactly(new byte[] {(byte) 0xe2, (byte) 0x82});
    }

    private List<byte[]> cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return cutter.cut(bytes, bytes.length);
    }
}
