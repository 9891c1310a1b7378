package org.sallyport.api.document;

import java.time.Duration;
import java.util.Optional;

/**
 * What a document's {@code inputs} ask of the server; all other inputs are the node's.
 *
 * @param idleTimeout {@code idleSessionTimeout}: how long nothing may be typed, 1 to 60 minutes; empty for the server's default
 * @param maxDuration {@code maxSessionDuration}: how long a session may last, 1 to 1440 minutes; empty for no limit of its own
 * @param recordingFailOpen {@code recordingFailure}, an input of ours that nodes do not get: true for {@code open}, a session goes on when
 *     its record cannot be kept; false for {@code close} (the default), it ends
 */
public record SessionInputs(Optional<Duration> idleTimeout, Optional<Duration> maxDuration, boolean recordingFailOpen) {
    /** Of a document that asks for nothing. */
    public static final SessionInputs NONE = new SessionInputs(Optional.empty(), Optional.empty(), false);
}
