package org.sallyport.core.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.audit.AuditEvent;

/** Counts records that are missing until the trail can say so itself. Any thread. */
final class Losses {
    private final TrailMeters meters;
    private long count;
    private Instant from;
    private Instant until;
    private long told;

    Losses(TrailMeters meters) {
        this.meters = meters;
    }

    synchronized void lost(Instant at) {
        meters.lost.increment();
        count++;
        from = from == null ? at : from;
        until = at;
    }

    /** The record that says what is missing, to be written now; empty for nothing. */
    synchronized Optional<AuditEvent> event() {
        told = count;
        return count == 0
                ? Optional.empty()
                : Optional.of(AuditEvent.ofServer(
                        "audit",
                        "RecordsMissing",
                        Map.of("records", count, "from", from.toString(), "until", until.toString()),
                        Optional.empty()));
    }

    /** What was told is in the trail. */
    synchronized void written() {
        count -= told;
        told = 0;
        from = count == 0 ? null : until;
    }
}
