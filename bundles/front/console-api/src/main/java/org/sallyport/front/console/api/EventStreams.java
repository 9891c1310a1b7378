package org.sallyport.front.console.api;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.api.error.SallyportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the open event streams and the threads that serve them. A turn each two seconds gives each stream to a thread of a small pool, unless
 * the last turn of it still runs: a browser that does not read holds one thread and no other browser. Of a browser, which is a sign-in, the
 * newest stream counts and ends those before it: that a page was loaded again shows in its old connection much later. Streams are bounded
 * for a person and for the server; a further one is refused, and the console then asks by itself.
 */
final class EventStreams implements AutoCloseable {
    static final int MOST_OF_PERSON = 6;
    static final int MOST = 120;

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final long TURN_MILLIS = 2_000;
    private static final int THREADS = 8;

    private final Services services;
    private final Set<Watched> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(named("clock"));
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST), named("events"));

    EventStreams(Services services) {
        this(services, TURN_MILLIS);
    }

    EventStreams(Services services, long turnMillis) {
        this.services = services;
        pool.allowCoreThreadTimeOut(true);
        clock.scheduleWithFixedDelay(this::turn, turnMillis, turnMillis, TimeUnit.MILLISECONDS);
    }

    /** @throws SallyportException {@code ACCESS_DENIED} for who may list neither nodes nor sessions, {@code STREAM_LIMIT} */
    void open(Caller caller, Stream stream) {
        Watched watched = new Watched(services, caller, stream);
        watched.begin();
        List<Watched> replaced;
        synchronized (open) {
            List<Watched> own = open.stream()
                    .filter(other -> other.personId().equals(watched.personId()))
                    .toList();
            replaced = own.stream().filter(other -> other.sameBrowser(watched)).toList();
            long others =
                    own.stream().filter(other -> !other.sameBrowser(watched)).count();
            // one that was replaced may still hold a thread, so it counts, but for one
            if (others >= MOST_OF_PERSON || own.size() > MOST_OF_PERSON || open.size() >= MOST) {
                throw new SallyportException(
                        RequestError.STREAM_LIMIT,
                        "There are as many event streams as may be: %d of one person, one for each browser, and %d in all."
                                .formatted(MOST_OF_PERSON, MOST));
            }
            replaced.forEach(Watched::retire);
            open.add(watched);
        }
        replaced.forEach(this::give);
        give(watched);
    }

    /** How many are open, those that end included. */
    int count() {
        return open.size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        pool.shutdownNow();
        open.forEach(Watched::end);
        open.clear();
    }

    private void turn() {
        open.forEach(this::give);
    }

    private void give(Watched watched) {
        if (!watched.takeTurn()) {
            return;
        }
        try {
            pool.execute(() -> {
                if (!watched.turn()) {
                    open.remove(watched);
                }
            });
        } catch (RejectedExecutionException e) {
            watched.missTurn();
            LOG.debug("All threads of the event streams are busy; the next turn tells what changed", e);
        }
    }

    private static ThreadFactory named(String what) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sallyport-front.console.api-" + what + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
