package org.sallyport.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sallyport.protocol.message.MessageTypes;

class LinkPausesTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final LinkPauses pauses = new LinkPauses(now::get);

    @Test
    void aConnectionThatLastedIsMadeAgainAtOnce() {
        assertThat(pauses.afterLoss(LinkPauses.LASTING.plusMillis(1))).isZero();
    }

    @Test
    void connectionsThatAreTakenAndClosedAreMadeEverMoreSlowly() {
        now.addAndGet(LinkPauses.RECENT.toNanos());
        IntStream.range(0, 10).forEach(i -> {
            pauses.afterLoss(SHORT);
            pauses.heard(MessageTypes.START_PUBLICATION);
        });

        assertThat(pauses.afterLoss(SHORT)).isGreaterThanOrEqualTo(LinkPauses.LONGEST.dividedBy(2));
    }

    @Test
    void afterTheClientWasHeardThePausesAreShortAgain() {
        for (String heard : new String[] {MessageTypes.ACKNOWLEDGE, MessageTypes.INPUT_STREAM_DATA}) {
            IntStream.range(0, 10).forEach(i -> pauses.afterFailure());

            pauses.heard(heard);

            assertThat(pauses.afterLoss(SHORT)).as(heard).isLessThanOrEqualTo(LinkPauses.FIRST);
        }
    }

    @Test
    void failuresAreTriedAgainEverMoreSlowly() {
        now.addAndGet(LinkPauses.RECENT.toNanos());
        IntStream.range(0, 10).forEach(i -> pauses.afterFailure());

        assertThat(pauses.afterFailure()).isGreaterThanOrEqualTo(LinkPauses.LONGEST.dividedBy(2));
    }

    /** Nobody types in a shell that rests, and its server waits no longer for it. */
    @Test
    void afterALongRestThePausesAreShortToo() {
        now.addAndGet(LinkPauses.RECENT.multipliedBy(10).toNanos());
        pauses.afterLoss(LinkPauses.RECENT);
        IntStream.range(0, 10).forEach(i -> pauses.afterFailure());

        assertThat(pauses.afterFailure()).isEqualTo(LinkPauses.SOON);
        now.addAndGet(LinkPauses.RECENT.toNanos());
        IntStream.range(0, 10).forEach(i -> pauses.afterFailure());
        assertThat(pauses.afterFailure()).isGreaterThanOrEqualTo(LinkPauses.LONGEST.dividedBy(2));
    }

    @Test
    void whileAServerStillWaitsNoPauseIsLong() {
        IntStream.range(0, 10).forEach(i -> pauses.afterFailure());

        assertThat(pauses.afterFailure()).isEqualTo(LinkPauses.SOON);
        assertThat(pauses.afterLoss(SHORT)).isEqualTo(LinkPauses.SOON);
    }
}
