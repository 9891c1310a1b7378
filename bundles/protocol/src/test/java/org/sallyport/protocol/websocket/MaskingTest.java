package org.sallyport.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private static final int MASK = 0x81fe7a03;

    @Test
    void eachByteMeetsItsByteOfTheKeyAndNoOtherIsTouched() {
        Random random = new Random(1);
        for (int from = 0; from < 9; from++) {
            for (int count = 0; count < 40; count++) {
                for (int phase = 0; phase < 4; phase++) {
                    byte[] bytes = new byte[64];
                    random.nextBytes(bytes);
                    byte[] expected = bytes.clone();
                    for (int i = 0; i < count; i++) {
                        expected[from + i] ^= keyByte((i + phase) % 4);
                    }

                    Masking.apply(bytes, from, count, MASK, phase);

                    assertThat(bytes)
                            .as("from %d, %d bytes, phase %d", from, count, phase)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static byte keyByte(int place) {
        return new byte[] {(byte) 0x81, (byte) 0xfe, (byte) 0x7a, 0x03}[place];
    }
}
