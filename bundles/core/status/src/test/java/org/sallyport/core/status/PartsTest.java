package org.sallyport.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.kernel.status.StatusPart;

@Timeout(60)
class PartsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Parts parts = new Parts(nanos::get);

    @AfterEach
    void end() {
        parts.close();
    }

    @Test
    void answersComeByNameWithWhatIsMissing() {
        List<Parts.Answer> answers = parts.read(List.of(
                part("store", () -> new StatusPart.Reading(Map.of("reachable", false), List.of("no database"))),
                part("nodes", () -> new StatusPart.Reading(Map.of("connected", 3), List.of()))));

        assertThat(answers).extracting(Parts.Answer::part).containsExactly("nodes", "store");
        assertThat(answers.get(0).reading().facts()).containsEntry("connected", 3);
        assertThat(answers.get(1).reading().missing()).containsExactly("no database");
    }

    @Test
    void whoAsksAgainWithinASecondGetsTheSameAnswer() {
        AtomicInteger looks = new AtomicInteger();
        List<StatusPart> counted = List.of(
                part("store", () -> new StatusPart.Reading(Map.of("looks", looks.incrementAndGet()), List.of())));

        parts.read(counted);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(parts.read(counted).get(0).reading().facts()).containsEntry("looks", 1);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(parts.read(counted).get(0).reading().facts()).containsEntry("looks", 2);
    }

    @Test
    void aPartThatHangsIsCalledLateAndNotAskedAgainUntilItReturns() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        List<StatusPart> hanging = List.of(part("store", () -> {
            looks.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new StatusPart.Reading(Map.of("reachable", true), List.of());
        }));

        assertThat(parts.read(hanging).get(0).reading().missing())
                .containsExactly("the part store does not answer in time");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(parts.read(hanging).get(0).reading().missing()).hasSize(1);
        assertThat(looks).hasValue(1);

        release.countDown();
        Awaitility.await().untilAsserted(() -> {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(parts.read(hanging).get(0).reading().missing()).isEmpty();
        });
    }

    @Test
    void aPartThatFailsKeepsTheServerFromBeingReadyAndHidesItsReason() {
        List<Parts.Answer> answers = parts.read(List.of(part("store", () -> {
            throw new IllegalStateException("password=secret");
        })));

        assertThat(answers.get(0).reading().missing()).containsExactly("the part store cannot say how it is");
    }

    static StatusPart part(String name, Supplier<StatusPart.Reading> reading) {
        return new StatusPart() {
            @Override
            public String part() {
                return name;
            }

            @Override
            public Reading read() {
                return reading.get();
            }
        };
    }
}
