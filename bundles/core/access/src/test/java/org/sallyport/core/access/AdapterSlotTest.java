package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;

class AdapterSlotTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AdapterSlot<Supplier<String>> slot = new AdapterSlot<>("test");
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        slot.close();
        callers.shutdownNow();
    }

    @Test
    void answersFromItsOwnNamedDaemonThread() {
        slot.bind(() ->
                Thread.currentThread().getName() + " " + Thread.currentThread().isDaemon());

        assertThat(ask()).isEqualTo("sallyport-core.access-test-1 true");
    }

    @Test
    void tellsThatNoAdapterIsThere() {
        assertUnavailable(() -> slot.call(LONG, Supplier::get), "is not there");
    }

    @Test
    void givesAHangingAdapterNoMoreThanTheLimitAndItsSuccessorAllItNeeds() {
        Supplier<String> hanging = this::hang;
        slot.bind(hanging);
        for (int i = 0; i < 8; i++) {
            assertUnavailable(() -> slot.call(Duration.ofMillis(20), Supplier::get), "did not answer within 20 ms");
        }

        slot.bind(() -> "successor");
        slot.unbind(hanging);

        assertThat(ask()).isEqualTo("successor");
    }

    @Test
    void refusesAtOnceWhenTooManyWait() {
        slot.bind(this::hang);
        List<Future<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 4 + 256; i++) {
            waiting.add(callers.submit(() -> slot.call(LONG, Supplier::get)));
        }

        await().atMost(LONG)
                .untilAsserted(() -> assertUnavailable(
                        () -> slot.call(Duration.ofMillis(1), Supplier::get), "more than 256 calls waiting"));
        assertThat(waiting).noneMatch(Future::isDone);
    }

    @Test
    void letsACallUnderWayFinishWhenTheAdapterIsReplaced() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Supplier<String> old = () -> {
            inside.countDown();
            return "old";
        };
        slot.bind(old);
        Future<String> answer = callers.submit(() -> slot.call(LONG, Supplier::get));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        slot.bind(() -> "new");

        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("old");
        assertThat(ask()).isEqualTo("new");
    }

    @Test
    void failsNoCallWhileAdaptersAreSwapped() throws Exception {
        slot.bind(() -> "answer");
        AtomicBoolean swapping = new AtomicBoolean(true);
        CountDownLatch asking = new CountDownLatch(1);
        Future<Integer> caller = callers.submit(() -> {
            int answers = 0;
            while (swapping.get()) {
                assertThat(ask()).isEqualTo("answer");
                answers++;
                asking.countDown();
            }
            return answers;
        });
        assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 200; i++) {
            slot.bind(() -> "answer");
        }
        swapping.set(false);

        assertThat(caller.get(30, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void passesOnWhatTheAdapterSaysAndHidesWhatItBreaks() {
        slot.bind(() -> {
            throw new SallyportException(AccessError.LIMIT_EXCEEDED, "said so");
        });
        assertThatThrownBy(() -> slot.call(LONG, Supplier::get)).hasMessage("said so");

        slot.bind(() -> {
            throw new IllegalStateException("inner detail");
        });
        assertThatThrownBy(() -> slot.call(LONG, Supplier::get))
                .isInstanceOf(SallyportException.class)
                .hasMessage("The test adapter failed.")
                .hasRootCauseMessage("inner detail");
    }

    @Test
    void keepsTheSuccessorWhenTheOldOneLeavesLater() {
        Supplier<String> old = () -> "old";
        slot.bind(old);
        slot.bind(() -> "new");
        slot.unbind(old);

        assertThat(ask()).isEqualTo("new");
    }

    private String ask() {
        return slot.call(LONG, Supplier::get);
    }

    private String hang() {
        try {
            release.await();
        } catch (InterruptedException e) {
            // an adapter that ignores interruption, the worst kind: waits on
            return hang();
        }
        return "released";
    }

    private static void assertUnavailable(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(AccessError.PROVIDER_UNAVAILABLE))
                .hasMessageContaining(text);
    }
}
