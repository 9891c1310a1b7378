package org.sallyport.core.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sallyport.api.document.SessionInputs;

/**
 * The operator's time limits of sessions.
 *
 * @param idle without typing, for documents that name no time; empty for none
 * @param idleMost without typing, whatever the document says; empty for none
 * @param durationMost from the start, whatever the document says; empty for none
 */
record LimitSettings(Optional<Duration> idle, Optional<Duration> idleMost, Optional<Duration> durationMost) {

    /** What holds for a session that starts now. */
    Watch begin(SessionInputs inputs, long now) {
        return Watch.begun(
                now, least(inputs.idleTimeout().or(() -> idle), idleMost), least(inputs.maxDuration(), durationMost));
    }

    private static OptionalLong least(Optional<Duration> one, Optional<Duration> other) {
        return Stream.concat(one.stream(), other.stream())
                .mapToLong(Duration::toMillis)
                .min();
    }
}
