package org.sallyport.test.chaos;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What the proxies did. Any thread. */
final class Tally {
    private final Map<CutKind, AtomicLong> cuts = new EnumMap<>(CutKind.class);
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong vanished = new AtomicLong();

    Tally() {
        for (CutKind kind : CutKind.values()) {
            cuts.put(kind, new AtomicLong());
        }
    }

    void connection() {
        connections.incrementAndGet();
    }

    void cut(CutKind kind) {
        cuts.get(kind).incrementAndGet();
    }

    void passed(long bytes) {
        passed.addAndGet(bytes);
    }

    void vanished(long bytes) {
        vanished.addAndGet(bytes);
    }

    long cuts() {
        return cuts.values().stream().mapToLong(AtomicLong::get).sum();
    }

    @Override
    public String toString() {
        return "%d connections, cuts %s, %d bytes passed, %d vanished"
                .formatted(connections.get(), cuts, passed.get(), vanished.get());
    }
}
