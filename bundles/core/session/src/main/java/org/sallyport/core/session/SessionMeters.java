package org.sallyport.core.session;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.sallyport.api.metrics.Meters;
import org.sallyport.api.session.EndCause;

/** Starts and ends of sessions since this component is there. Any thread. */
final class SessionMeters {
    private final LongAdder started = new LongAdder();
    private final Map<EndCause, LongAdder> ended = new EnumMap<>(EndCause.class);

    SessionMeters() {
        for (EndCause cause : EndCause.values()) {
            ended.put(cause, new LongAdder());
        }
    }

    void started() {
        started.increment();
    }

    void ended(EndCause cause) {
        ended.get(cause).increment();
    }

    void read(Meters meters) {
        meters.counter("sallyport_sessions_started", "Sessions that were started", Map.of(), started.sum());
        ended.forEach((cause, count) -> meters.counter(
                "sallyport_sessions_ended",
                "Sessions that ended, by cause",
                Map.of("cause", cause.name().toLowerCase(Locale.ROOT)),
                count.sum()));
    }
}
