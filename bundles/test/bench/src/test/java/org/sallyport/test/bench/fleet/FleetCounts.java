package org.sallyport.test.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened to the nodes. Any thread. */
public final class FleetCounts {
    private static final int LONGEST = 120;

    private final List<Long> nanos = new ArrayList<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Map<String, Integer> losses = new ConcurrentHashMap<>();
    private final AtomicInteger lost = new AtomicInteger();

    synchronized void connected(long took) {
        nanos.add(took);
    }

    void failed(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean refused = cause instanceof FleetNode.RefusedException;
        // anything else is a fault of the benchmark itself, which its class tells
        String text = refused || cause instanceof FleetHttp.LostException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
        (refused ? refusals : losses).merge(text.substring(0, Math.min(LONGEST, text.length())), 1, Integer::sum);
    }

    void lost() {
        lost.incrementAndGet();
    }

    synchronized void forgetTimes() {
        nanos.clear();
    }

    /** From a node's start to its open control channel. */
    public synchronized List<Long> nanos() {
        return List.copyOf(nanos);
    }

    /** Error answers, throttling among them, with how often. */
    public Map<String, Integer> refusals() {
        return Map.copyOf(refusals);
    }

    /** Connections that were closed or could not be made, with how often. */
    public Map<String, Integer> losses() {
        return Map.copyOf(losses);
    }

    /** Control channels that ended after they were open. */
    public int channelsLost() {
        return lost.get();
    }
}
