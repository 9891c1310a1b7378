package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ServedTimeTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long now = 1_000;
    private final ServedTime time = new ServedTime(() -> now);

    @Test
    void passesAsItDoesWithoutThreadsAndWhileTheyKeepUp() {
        pass(Duration.ofSeconds(3));
        assertThat(time.getAsLong()).isEqualTo(seconds(3));
        time.servedBy(waiting::add);
        for (int i = 0; i < 5; i++) {
            keepUpForASecond();
        }
        assertThat(time.getAsLong()).isEqualTo(seconds(8));
        assertThat(waiting).isEmpty();
    }

    @Test
    void passesASixthAsFastWhileTheyAreBehindAndNeverGoesBack() {
        time.servedBy(waiting::add);
        tickAndPass();
        time.tick();
        long before = time.getAsLong();
        for (int i = 0; i < 60; i++) {
            long shown = time.getAsLong();
            tickAndPass();
            assertThat(time.getAsLong()).isGreaterThanOrEqualTo(shown);
        }
        assertThat(time.getAsLong() - before).isBetween(seconds(10) - 60, seconds(10));
        assertThat(waiting).as("one question at a time").hasSize(1);
    }

    @Test
    void anAnswerThatCameLateCountsForTheTimeSinceTheLastLook() {
        time.servedBy(waiting::add);
        time.tick();
        pass(Duration.ofMillis(900));
        work();
        pass(Duration.ofMillis(100));
        time.tick();
        long before = time.getAsLong();
        pass(Duration.ofSeconds(6));
        assertThat(time.getAsLong() - before).isEqualTo(seconds(1));
        keepUpForASecond();
        keepUpForASecond();
        before = time.getAsLong();
        keepUpForASecond();
        assertThat(time.getAsLong() - before).as("they keep up again").isEqualTo(seconds(1));
    }

    @Test
    void othersAreNotBlamedForWhoWentAway() {
        time.servedBy(waiting::add);
        time.tick();
        pass(Duration.ofSeconds(30));
        Queue<Runnable> successors = new ArrayDeque<>();
        time.servedBy(successors::add);
        time.tick();
        long before = time.getAsLong();
        pass(Duration.ofSeconds(1));
        assertThat(time.getAsLong() - before).isEqualTo(seconds(1));
        assertThat(successors).hasSize(1);

        time.servedBy(null);
        before = time.getAsLong();
        for (int i = 0; i < 3; i++) {
            tickAndPass();
        }
        assertThat(time.getAsLong() - before).isEqualTo(seconds(3));
        assertThat(successors).as("nobody is asked any more").hasSize(1);
    }

    @Test
    void threadsThatTakeNothingAnyMoreStopNothing() {
        time.servedBy(task -> {
            throw new RejectedExecutionException("stopped");
        });
        for (int i = 0; i < 3; i++) {
            tickAndPass();
        }
        assertThat(time.getAsLong()).isEqualTo(seconds(3));
    }

    private void tickAndPass() {
        time.tick();
        pass(Duration.ofSeconds(1));
    }

    private void keepUpForASecond() {
        time.tick();
        work();
        pass(Duration.ofSeconds(1));
    }

    private void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void pass(Duration passed) {
        now += passed.toNanos();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
