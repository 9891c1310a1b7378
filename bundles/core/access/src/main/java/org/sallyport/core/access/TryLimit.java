package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed tries: each key has a bucket of tries that fills up again with time, so nobody is kept out for longer than one try takes to
 * come back. A try is taken before it is made, so that tries at the same time count, and given back when it was right. In memory; when
 * the table is full, the key that was not tried for the longest time is forgotten. Any thread.
 */
final class TryLimit {
    private final int tries;
    private final long refillMillis;
    private final int mostKeys;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** How many tries are gone at that time; the rest is there. */
    private record Bucket(double gone, long at) {}

    /**
     * @param tries how many in a row
     * @param refill time until one more is there
     */
    TryLimit(int tries, Duration refill, int mostKeys, Clock clock) {
        this.tries = tries;
        this.refillMillis = refill.toMillis();
        this.mostKeys = mostKeys;
        this.clock = clock;
    }

    /** Takes a try; false when none is left. */
    synchronized boolean take(String key) {
        double gone = gone(key);
        if (gone + 1 > tries) {
            return false;
        }
        put(key, gone + 1);
        return true;
    }

    /** Gives back a try that was right. */
    synchronized void giveBack(String key) {
        put(key, Math.max(0, gone(key) - 1));
    }

    private double gone(String key) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            return 0;
        }
        long passed = Math.max(0, clock.millis() - bucket.at());
        return Math.max(0, bucket.gone() - (double) passed / refillMillis);
    }

    private void put(String key, double gone) {
        if (gone == 0) {
            buckets.remove(key);
            return;
        }
        buckets.put(key, new Bucket(gone, clock.millis()));
        if (buckets.size() > mostKeys) {
            buckets.remove(buckets.keySet().iterator().next());
        }
    }
}
