package org.sallyport.agent.session;

import java.time.Duration;

/**
 * Bounds of sessions on this node.
 *
 * @param sessions most at a time
 * @param resume how long a session lives without its data channel
 * @param size how long a shell waits for the size of the client's window before it starts with 80 columns and 24 rows
 * @param flush how long the end of a session waits for the next acknowledgement of its last output
 * @param grace between hanging up a session's processes and killing them
 */
public record SessionLimits(int sessions, Duration resume, Duration size, Duration flush, Duration grace) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            50, Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));

    public SessionLimits {
        if (sessions < 1 || resume.isNegative() || size.isNegative() || flush.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException("At least one session, and no negative times");
        }
    }
}
