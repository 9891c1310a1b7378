package org.sallyport.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

class LaneTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void tasksRunOneAtATimeInTheirOrder() throws InterruptedException {
        Lane lane = new Lane(pool);
        List<Integer> ran = new ArrayList<>(); // no lock: the lane is the only one that touches it
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(5_000);

        for (int i = 0; i < 5_000; i++) {
            int number = i;
            lane.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                ran.add(number);
                running.decrementAndGet();
                done.countDown();
            });
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(ran).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void aTaskThatFailsDoesNotStopTheLane() {
        Lane lane = new Lane(Runnable::run);
        List<String> ran = new ArrayList<>();

        lane.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        lane.execute(() -> ran.add("next"));

        assertThat(ran).containsExactly("next");
    }

    @Test
    void aFullLaneRefusesFramesAndTakesWhatMustNotBeLost() {
        Deque<Runnable> held = new ArrayDeque<>();
        Lane lane = new Lane(held::add);
        AtomicInteger ran = new AtomicInteger();

        for (int i = 0; i < Lane.CAPACITY; i++) {
            assertThat(lane.offer(ran::incrementAndGet)).isTrue();
        }
        assertThat(lane.offer(ran::incrementAndGet)).isFalse();
        lane.execute(ran::incrementAndGet);
        while (!held.isEmpty()) {
            held.poll().run();
        }

        assertThat(ran).hasValue(Lane.CAPACITY + 1);
    }

    @Test
    void callsOfOneKeyKeepTheirOrderWhileAServiceIsAway() {
        FakeTime time = new FakeTime();
        Calls calls = new Calls(Runnable::run, time);
        List<String> ran = new ArrayList<>();
        boolean[] away = {true};

        calls.post("k", "first", () -> whileAway(away[0], () -> ran.add("first")), 1_000, () -> ran.add("lost"));
        calls.post("k", "second", () -> ran.add("second"), 1_000, () -> ran.add("lost"));
        time.advance(500);
        assertThat(ran).isEmpty();
        away[0] = false;
        time.advance(Calls.RETRY_MILLIS);

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void aCallIsGivenUpAfterItsLimitAndTheNextOneRuns() {
        FakeTime time = new FakeTime();
        Calls calls = new Calls(Runnable::run, time);
        List<String> ran = new ArrayList<>();

        calls.post("k", "first", () -> whileAway(true, () -> {}), 1_000, () -> ran.add("lost"));
        calls.post("k", "second", () -> ran.add("second"), 1_000, () -> ran.add("not this"));
        time.advance(999);
        assertThat(ran).isEmpty();
        time.advance(1);

        assertThat(ran).containsExactly("lost", "second");
    }

    @Test
    void aFullRowOfCallsRefuses() {
        Calls calls = new Calls(task -> {}, new FakeTime());

        for (int i = 0; i < Calls.ROW; i++) {
            assertThat(calls.post("k", "a call", () -> {}, 0, () -> {})).isTrue();
        }

        assertThat(calls.post("k", "one more", () -> {}, 0, () -> {})).isFalse();
    }

    @Test
    void readingEndsUpAsTheReasonsSayWhoeverToldItLast() throws Exception {
        for (int round = 0; round < 200; round++) {
            FakeConnection connection = new FakeConnection("c");
            Reading reading = new Reading(connection);
            var peer = pool.submit(() -> toggle(reading, Reading.PEER));
            var intake = pool.submit(() -> toggle(reading, Reading.INTAKE));
            peer.get(5, TimeUnit.SECONDS);
            intake.get(5, TimeUnit.SECONDS);

            assertThat(connection.paused()).isFalse();
        }
    }

    private static void toggle(Reading reading, int reason) {
        for (int i = 0; i < 50; i++) {
            reading.stop(reason);
            reading.resume(reason);
        }
    }

    private static void whileAway(boolean away, Runnable otherwise) {
        if (away) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "away");
        }
        otherwise.run();
    }
}
