package org.sallyport.core.recording;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.sallyport.api.metrics.Meters;

/** What the journals are given and how long they take. Any thread. */
final class AppendMeters {
    private final LongAdder bytes = new LongAdder();
    private final LongAdder appends = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicInteger waiting = new AtomicInteger();

    void measured(long size, Runnable append) {
        long begun = System.nanoTime();
        waiting.incrementAndGet();
        try {
            append.run();
            bytes.add(size);
        } finally {
            waiting.decrementAndGet();
            appends.increment();
            nanos.add(System.nanoTime() - begun);
        }
    }

    void read(Meters meters) {
        meters.counter("sallyport_journal_bytes", "Bytes of messages that the journals took", Map.of(), bytes.sum());
        meters.gauge("sallyport_journal_waiting", "Appends that wait for the disk now", Map.of(), waiting.get());
        meters.timer(
                "sallyport_journal_append",
                "Appends to journals, until the operating system has them",
                Map.of(),
                appends.sum(),
                Duration.ofNanos(nanos.sum()));
    }
}
