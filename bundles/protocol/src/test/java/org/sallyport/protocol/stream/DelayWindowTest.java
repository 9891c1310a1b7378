package org.sallyport.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class DelayWindowTest {
    private static final long LEAST = 64 * 1024;
    private static final long MOST = 512 * 1024;
    private static final int MESSAGE = 4096;
    private static final long MINUTE = 60_000;

    private final DelayWindow window = DelayWindow.ofDelay(LEAST, MOST, 60);

    @Test
    void aSlowReaderHasLittleBeforeIt() {
        // 1 MiB a second, 10 ms away
        Reader reader = new Reader(1024 * 1024 / 1000.0, 10);

        long longest = reader.read(20_000, 5_000);

        assertThat(longest).isBetween(40L, 110L);
        assertThat(reader.busy()).as("share of the time in which it read").isGreaterThan(0.97);
    }

    @Test
    void aFastReaderGetsEverything() {
        Reader reader = new Reader(20 * 1024 * 1024 / 1000.0, 10);

        reader.read(5_000, 1_000);

        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void aFarReaderGetsEverything() {
        Reader reader = new Reader(20 * 1024 * 1024 / 1000.0, 300);

        reader.read(5_000, 1_000);

        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void itGrowsAgainWhenTheReaderIsFastAgain() {
        acknowledge(200, MESSAGE, 5, 0);
        acknowledge(1_000, MESSAGE, 900, 100);
        assertThat(window.bytes()).isEqualTo(LEAST);

        acknowledge(1_000, MESSAGE, 5, 200);

        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void aWindowThatIsNotUsedDoesNotGrow() {
        acknowledge(1, MESSAGE, 5, 0);
        acknowledge(1_000, MESSAGE, 900, 100);

        for (int i = 0; i < 1_000; i++) {
            window.acknowledged(10, 5, 10, 200);
        }

        assertThat(window.bytes()).isEqualTo(LEAST);
    }

    @Test
    void theShortestRoundTripIsThatOfTenMinutes() {
        acknowledge(1, MESSAGE, 5, 0);
        acknowledge(1_000, MESSAGE, 200, 9 * MINUTE);
        assertThat(window.bytes()).isEqualTo(LEAST);

        acknowledge(1_000, MESSAGE, 200, 10 * MINUTE);

        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void theShortestRoundTripOfAnotherWayIsForgotten() {
        acknowledge(1, MESSAGE, 5, 0);
        acknowledge(1_000, MESSAGE, 200, 1);
        window.forget();

        acknowledge(1_000, MESSAGE, 200, 2);

        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void aFixedOneStays() {
        DelayWindow fixed = DelayWindow.fixed(100);
        fixed.acknowledged(50, 1, 100, 0);
        fixed.acknowledged(50, 10_000, 100, 1);

        assertThat(fixed.bytes()).isEqualTo(100);
    }

    @Test
    void refusesWhatIsNoWindow() {
        assertThatThrownBy(() -> DelayWindow.ofDelay(10, 5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DelayWindow.ofDelay(1, 5, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void acknowledge(int times, int bytes, long roundTrip, long now) {
        for (int i = 0; i < times; i++) {
            window.acknowledged(bytes, roundTrip, window.bytes(), now);
        }
    }

    /** Reads one message after the other at a speed, and its acknowledgements take a time. */
    private final class Reader {
        private final double bytesPerMilli;
        private final long away;
        private final Deque<long[]> waiting = new ArrayDeque<>();
        private double free;
        private double reading;
        private long now;

        Reader(double bytesPerMilli, long away) {
            this.bytesPerMilli = bytesPerMilli;
            this.away = away;
        }

        /** Longest round trip in milliseconds, after the first {@code settling} ones. */
        long read(long millis, long settling) {
            long inFlight = 0;
            long longest = 0;
            for (now = 0; now < millis; now++) {
                while (!waiting.isEmpty() && waiting.peek()[1] <= now) {
                    long[] done = waiting.remove();
                    long roundTrip = done[1] - done[0];
                    window.acknowledged(MESSAGE, roundTrip, inFlight, now);
                    inFlight -= MESSAGE;
                    longest = now < settling ? longest : Math.max(longest, roundTrip);
                }
                // the first message alone, as a prompt is
                while (inFlight < window.bytes() && (now > 1_000 || inFlight == 0)) {
                    inFlight += MESSAGE;
                    free = Math.max(free, now) + MESSAGE / bytesPerMilli;
                    reading += now < settling ? 0 : MESSAGE / bytesPerMilli;
                    waiting.add(new long[] {now, Math.round(free) + away});
                }
            }
            return longest;
        }

        double busy() {
            return reading / (now - 5_000);
        }
    }
}
