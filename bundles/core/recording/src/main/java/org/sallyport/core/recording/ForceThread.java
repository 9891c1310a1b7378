package org.sallyport.core.recording;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that waits for the disk: each interval it has every journal forced that was written to. A slow disk makes its turns longer,
 * and with them what a power cut may cost; it holds no lock meanwhile, so nobody's append waits for it.
 */
final class ForceThread {
    private static final Logger LOG = LoggerFactory.getLogger(ForceThread.class);
    private static final long STOP_MILLIS = 10_000;

    private final ScheduledThreadPoolExecutor thread;
    private final JournalStore journals;
    private final Supplier<Duration> interval;

    ForceThread(JournalStore journals, Supplier<Duration> interval) {
        this.journals = journals;
        this.interval = interval;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "sallyport-recording-force-1");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        later();
    }

    /** Waits for a turn that is under way, ten seconds at most. */
    void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }

    private void turn() {
        try {
            journals.tick();
        } catch (RuntimeException e) {
            LOG.error("Forcing the journals failed and is tried again", e);
        } finally {
            later();
        }
    }

    private void later() {
        if (!thread.isShutdown()) {
            thread.schedule(this::turn, interval.get().toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
