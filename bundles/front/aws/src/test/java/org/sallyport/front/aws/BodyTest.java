package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;

class BodyTest {
    private static final long UNKNOWN = -1;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);

    private byte[] read(InputStream content, long announced) throws IOException {
        return Body.read(content, announced, now::get);
    }

    private static void refused(SallyportException e, RequestError code) {
        assertThat(e.code()).isEqualTo(code);
    }

    @Test
    void takesABodyUpToTheBound() throws IOException {
        byte[] whole = new byte[Body.MAX_BYTES];
        whole[whole.length - 1] = 7;

        assertThat(read(new ByteArrayInputStream(whole), whole.length)).isEqualTo(whole);
        assertThat(read(new ByteArrayInputStream(whole), UNKNOWN)).isEqualTo(whole);
        assertThat(read(new ByteArrayInputStream(new byte[0]), 0)).isEmpty();
    }

    @Test
    void refusesAnAnnouncedLengthWithoutReading() {
        assertThatThrownBy(() -> read(InputStream.nullInputStream(), Body.MAX_BYTES + 1L))
                .isInstanceOfSatisfying(SallyportException.class, e -> refused(e, RequestError.BODY_TOO_LARGE));
    }

    @Test
    void stopsReadingAtTheBoundWhenNoLengthWasAnnounced() {
        Endless content = new Endless(Duration.ZERO, 8192);

        assertThatThrownBy(() -> read(content, UNKNOWN))
                .isInstanceOfSatisfying(SallyportException.class, e -> refused(e, RequestError.BODY_TOO_LARGE));
        assertThat(content.given).isLessThanOrEqualTo(Body.MAX_BYTES + 8192);
    }

    @Test
    void refusesABodyThatTricklesIn() {
        Endless content = new Endless(Duration.ofSeconds(6), 1);

        assertThatThrownBy(() -> read(content, 100))
                .isInstanceOfSatisfying(SallyportException.class, e -> refused(e, RequestError.BODY_LATE));
        assertThat(content.given).isEqualTo(4);
    }

    /** Gives so many bytes at a time, each time after a pause on the test's clock. */
    private final class Endless extends InputStream {
        private final Duration pause;
        private final int step;
        private long given;

        private Endless(Duration pause, int step) {
            this.pause = pause;
            this.step = step;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int from, int length) {
            now.addAndGet(pause.toNanos());
            given += Math.min(step, length);
            return Math.min(step, length);
        }
    }
}
