package org.sallyport.core.session;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three threads of the session engine, each at work once a second: one sweeps, one seals journals, which waits for disks, and one asks whether
 * what runs is allowed still, which waits for decisions. What fails is tried again in a second, so none needs a queue.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int RECONCILE_EACH = 10;
    private static final int TAKE_EACH = (int) (LimitWatch.TAKE_MILLIS / 1_000);
    private static final long STOP_MILLIS = 2_000;

    private final Supplier<Engine> engine;
    private final ScheduledThreadPoolExecutor sweeper = thread("sallyport-session-sweep-1");
    private final ScheduledThreadPoolExecutor sealer = thread("sallyport-session-seal-1");
    private final ScheduledThreadPoolExecutor asker = thread("sallyport-session-access-1");
    private int turn;

    /** @param engine asked for each turn; throws {@code SERVICE_AWAY} while there is none */
    Housekeeping(Supplier<Engine> engine) {
        this.engine = engine;
    }

    void start() {
        sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
        sealer.scheduleWithFixedDelay(this::seal, 1, 1, TimeUnit.SECONDS);
        asker.scheduleWithFixedDelay(this::ask, 1, 1, TimeUnit.SECONDS);
    }

    void stop() throws InterruptedException {
        sweeper.shutdown();
        sealer.shutdown();
        asker.shutdown();
        end(sweeper);
        end(sealer);
        end(asker);
    }

    /** Reconciles first after a start, since what the rows say may be of another life of the server. */
    private void sweep() {
        try {
            Sweep sweep = engine.get().sweep();
            int now = turn++;
            if (now % RECONCILE_EACH == 0) {
                sweep.reconcile();
                sweep.keepTime();
            }
            if (now % TAKE_EACH == 0) {
                engine.get().watch().takeAll();
            }
            sweep.endOverdue();
        } catch (SallyportException e) {
            turn = 0;
            LOG.warn("The sweep of sessions is tried again in a second: {}", e.getMessage());
        } catch (RuntimeException e) {
            turn = 0;
            LOG.error("The sweep of sessions failed and is tried again in a second", e);
        }
    }

    private void seal() {
        try {
            engine.get().sealing().seal();
        } catch (SallyportException e) {
            if (e.code() == CommonError.SERVICE_AWAY) {
                LOG.debug("Journals are sealed later: {}", e.getMessage());
            } else {
                LOG.warn("Journals are sealed later: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("Sealing journals failed and is tried again in a second", e);
        }
    }

    private void ask() {
        try {
            engine.get().revocation().turn();
        } catch (SallyportException e) {
            if (e.code() == CommonError.SERVICE_AWAY) {
                LOG.debug("Whether sessions are allowed still is asked later: {}", e.getMessage());
            } else {
                LOG.warn("Whether sessions are allowed still is asked later: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("Asking whether sessions are allowed still failed and is tried again in a second", e);
        }
    }

    private static void end(ScheduledThreadPoolExecutor thread) throws InterruptedException {
        if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }

    private static ScheduledThreadPoolExecutor thread(String name) {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
