package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeSetTest {
    @Test
    void holdsExactlyWhatWasAddedInWhateverOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            RangeSet set = new RangeSet();
            BitSet model = new BitSet();
            for (int i = 0; i < 60; i++) {
                int first = random.nextInt(100);
                int last = first + (random.nextBoolean() ? 0 : random.nextInt(12));
                set.add(first, last);
                model.set(first, last + 1);
            }
            for (int n = 0; n < 120; n++) {
                assertThat(set.contains(n)).isEqualTo(model.get(n));
                assertThat(set.touches(n)).isEqualTo(model.get(n) || model.get(n + 1) || n > 0 && model.get(n - 1));
            }
            assertThat(set.highest()).isEqualTo(model.length() - 1L);
            assertThat(set.ranges()).isEqualTo(runs(model));
        }
    }

    @Test
    void neighboursBecomeOneRange() {
        RangeSet set = new RangeSet();
        for (long n = 0; n < 1_000; n += 2) {
            set.add(n);
        }
        for (long n = 1; n < 1_000; n += 2) {
            set.add(n);
        }

        assertThat(set.ranges()).isEqualTo(1);
    }

    @Test
    void numbersOfNoHonestSenderAreRefused() {
        RangeSet set = new RangeSet();

        assertThatThrownBy(() -> set.add(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.add(Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.add(5, 4)).isInstanceOf(IllegalArgumentException.class);
        set.add(Long.MAX_VALUE - 1);
        assertThat(set.contains(Long.MAX_VALUE - 1)).isTrue();
        assertThat(set.contains(Long.MIN_VALUE)).isFalse();
    }

    private static int runs(BitSet bits) {
        int runs = 0;
        for (int at = bits.nextSetBit(0); at >= 0; at = bits.nextSetBit(bits.nextClearBit(at))) {
            runs++;
        }
        return runs;
    }
}
