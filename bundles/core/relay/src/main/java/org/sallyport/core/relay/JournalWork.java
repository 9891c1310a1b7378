package org.sallyport.core.relay;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session has to do with its journal: one thing at a time on the relay's journal threads, its result on the lane. While
 * core/recording is away it is tried again every 250 ms, without limit; after any other surprise too, but then what makes no progress for
 * {@link #STUCK_MILLIS} has failed. State is the lane's.
 */
final class JournalWork {
    static final long RETRY_MILLIS = 250;
    static final long STUCK_MILLIS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(JournalWork.class);

    private final Executor threads;
    private final Lane lane;
    private final Timer timer;
    private final Consumer<String> whenFailed;
    private boolean busy;
    private boolean failed;
    private Runnable cancelStuck = () -> {};

    /** @param whenFailed gets a text for people, once, on the lane */
    JournalWork(Executor threads, Lane lane, Timer timer, Consumer<String> whenFailed) {
        this.threads = threads;
        this.lane = lane;
        this.timer = timer;
        this.whenFailed = whenFailed;
    }

    /** Whether something runs, or waits to be tried again. */
    boolean busy() {
        return busy;
    }

    /** Only while not {@link #busy()}. {@code done} does not come when it fails. */
    <T> void run(Supplier<T> work, Consumer<T> done) {
        busy = true;
        watch();
        attempt(work, done);
    }

    private <T> void attempt(Supplier<T> work, Consumer<T> done) {
        try {
            threads.execute(() -> {
                Runnable next;
                try {
                    T result = work.get();
                    next = () -> done(done, result);
                } catch (RuntimeException e) {
                    next = () -> threw(e, work, done);
                }
                lane.execute(next);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the journal's work stops with its threads", e);
        }
    }

    private <T> void done(Consumer<T> done, T result) {
        busy = false;
        cancelStuck.run();
        done.accept(result);
    }

    private <T> void threw(RuntimeException e, Supplier<T> work, Consumer<T> done) {
        boolean impossible = e instanceof SallyportException s && s.code() == SessionError.RECORDING_IMPOSSIBLE;
        if (failed || impossible) {
            busy = false;
            fail(e.getMessage());
            return;
        }
        if (e instanceof SallyportException s && s.code() == CommonError.SERVICE_AWAY) {
            watch(); // to be away is no failure of the disk
        } else {
            LOG.error("the journal is tried again", e);
        }
        timer.after(RETRY_MILLIS, () -> lane.execute(() -> attempt(work, done)));
    }

    private void watch() {
        cancelStuck.run();
        cancelStuck = timer.after(
                STUCK_MILLIS,
                () -> lane.execute(() -> {
                    if (busy) {
                        fail("The record of the session did not take anything for %d seconds."
                                .formatted(STUCK_MILLIS / 1000));
                    }
                }));
    }

    private void fail(String text) {
        cancelStuck.run();
        if (!failed) {
            failed = true;
            whenFailed.accept(text);
        }
    }
}
