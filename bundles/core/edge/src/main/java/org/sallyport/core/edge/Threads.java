package org.sallyport.core.edge;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The bundle's threads: one for each use, named, daemon. */
final class Threads {
    private static final int END_SECONDS = 2;

    private Threads() {}

    static ScheduledExecutorService scheduler(String use) {
        return new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sallyport-edge-" + use + "-1");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ends it; what runs gets two seconds. */
    static void end(ScheduledExecutorService scheduler) {
        scheduler.shutdownNow();
        try {
            scheduler.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
