package org.sallyport.adapter.policy.iam;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A map with a bound on what it holds, in any unit; what was not used for longest goes first, and what alone is over the bound is not kept. Many
 * threads.
 */
final class LeastRecent<K, V> {
    private final long capacity;
    private final ToLongFunction<K> weight;
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    LeastRecent(long capacity, ToLongFunction<K> weight) {
        this.capacity = capacity;
        this.weight = weight;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized void put(K key, V value) {
        if (entries.put(key, value) == null) {
            held += weight.applyAsLong(key);
        }
        Iterator<K> eldest = entries.keySet().iterator();
        while (held > capacity && eldest.hasNext()) {
            held -= weight.applyAsLong(eldest.next());
            eldest.remove();
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
