package org.sallyport.core.audit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.sallyport.api.metrics.Meters;

/** What the trail counts. Any thread. */
final class TrailMeters {
    final LongAdder records = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder withheld = new LongAdder();
    final LongAdder strangers = new LongAdder();
    final LongAdder damages = new LongAdder();
    final AtomicLong anchored = new AtomicLong();
    private final LongAdder waits = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void waited(long nanoseconds) {
        waits.increment();
        nanos.add(nanoseconds);
    }

    void read(Meters meters, int waiting, long sequence) {
        meters.counter("sallyport_audit_records", "Records that the audit trail took", Map.of(), records.sum());
        meters.counter(
                "sallyport_audit_lost", "Calls that only read and whose record is missing", Map.of(), lost.sum());
        meters.counter(
                "sallyport_audit_withheld",
                "Calls refused because their record could not be written",
                Map.of(),
                withheld.sum());
        meters.counter(
                "sallyport_audit_strangers",
                "Refusals of strangers that were counted and not written one by one",
                Map.of(),
                strangers.sum());
        meters.counter("sallyport_audit_damages", "Damages that were found in the trail", Map.of(), damages.sum());
        meters.gauge("sallyport_audit_waiting", "Records that wait for the disk now", Map.of(), waiting);
        meters.gauge(
                "sallyport_audit_unanchored",
                "Records whose place is not in the store yet",
                Map.of(),
                Math.max(0, sequence - anchored.get()));
        meters.timer(
                "sallyport_audit_write",
                "Writes of records, until the disk has them",
                Map.of(),
                waits.sum(),
                Duration.ofNanos(nanos.sum()));
    }
}
