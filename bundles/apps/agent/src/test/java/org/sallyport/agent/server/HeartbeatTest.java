package org.sallyport.agent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.api.ServiceException;

class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** Whether each was the node's first one. */
    private final List<Boolean> told = new CopyOnWriteArrayList<>();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final Heartbeat heartbeat = new Heartbeat(this::tell, thread);
    private volatile Exception fault;

    @BeforeEach
    void countWhatIsPlannedOnly() {
        thread.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void isToldEveryFiveMinutes() {
        heartbeat.start();

        assertThat(pause()).isLessThanOrEqualTo(INTERVAL);
        runNext();
        assertThat(pause()).isBetween(INTERVAL.minusSeconds(30), INTERVAL);
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void aFirstReportThatFailedIsTriedAgainSoonAndStaysTheFirst() {
        fault = new IOException("hiccup");
        heartbeat.start();

        assertThat(pause()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        fault = null;
        runNext();

        assertThat(told).containsExactly(true, true);
        assertThat(pause()).isLessThanOrEqualTo(INTERVAL);
    }

    @Test
    void aLaterReportThatFailedIsTriedAgainSoonToo() {
        heartbeat.start();
        pause();
        fault = new IllegalStateException("no valid credentials");
        runNext();

        assertThat(pause()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        fault = null;
        runNext();

        assertThat(pause()).isBetween(INTERVAL.minusSeconds(30), INTERVAL);
        assertThat(told).containsExactly(true, false, false);
    }

    @Test
    void aServerThatIsDownIsAskedNoMoreOftenThanOneThatRuns() {
        fault = new IOException("down");
        heartbeat.start();
        for (int i = 0; i < 8; i++) {
            pause();
            runNext();
        }

        assertThat(pause()).isBetween(Duration.ofMinutes(2), INTERVAL);
    }

    @Test
    void aRefusalIsNotRepeatedAtOnce() {
        fault = new ServiceException(400, "AccessDeniedException", "gone");
        heartbeat.start();

        assertThat(pause()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    @Test
    void whatIsOwedComesSoonAfterTheServerIsBackButNotFromAllNodesAtOnce() {
        fault = new IOException("down");
        heartbeat.start();
        for (int i = 0; i < 8; i++) {
            pause();
            runNext();
        }
        pause();

        heartbeat.reachable();
        await().until(() -> plannedIn().compareTo(Duration.ofSeconds(30)) <= 0);
        assertThat(thread.getQueue()).as("in its place, not beside it").hasSize(1);
        Duration soon = pause();
        heartbeat.reachable();

        assertThat(pause()).as("never later").isLessThanOrEqualTo(soon);
        fault = null;
        runNext();
        assertThat(told).hasSize(10).containsOnly(true);
    }

    @Test
    void whoOwesNothingIsNotHurried() {
        heartbeat.start();
        pause();
        runNext();
        Duration planned = pause();

        heartbeat.reachable();

        assertThat(pause()).isBetween(planned.minusSeconds(30), planned);
        assertThat(told).hasSize(2);
    }

    private void tell(boolean first) throws IOException {
        told.add(first);
        Exception thrown = fault;
        if (thrown instanceof IOException e) {
            throw e;
        } else if (thrown instanceof RuntimeException e) {
            throw e;
        }
    }

    /** What is planned is done now: a task of a schedule that is run by hand does not look at its time. */
    private void runNext() {
        Runnable planned = thread.getQueue().peek();
        thread.remove(planned);
        int before = told.size();
        thread.execute(planned);
        await().until(() -> told.size() > before);
    }

    /** From now to the next one, when nothing is under way. */
    private Duration pause() {
        await().until(() -> thread.getQueue().size() == 1 && thread.getActiveCount() == 0);
        return plannedIn();
    }

    private Duration plannedIn() {
        return Duration.ofMillis(((Delayed) thread.getQueue().peek()).getDelay(TimeUnit.MILLISECONDS));
    }
}
