package org.sallyport.core.session;

import java.time.Duration;
import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/**
 * The bundle's configuration, checked.
 *
 * @param resumeWindow how long a client may stay away
 * @param nodeAway how long the node's end may stay away
 * @param maxSessions live sessions of this server
 * @param maxPerNode live sessions of one node
 * @param maxPerOwner live sessions of one owner
 * @param documentAlways whether the default document is asked for whatever the statements say
 */
record Settings(
        Duration resumeWindow,
        Duration nodeAway,
        LimitSettings limits,
        int maxSessions,
        int maxPerNode,
        int maxPerOwner,
        boolean documentAlways) {
    /** How long a new session's client may take to come, and a finished one's to fetch the last output. */
    static final Duration CLIENT_FIRST = Duration.ofSeconds(60);

    /** How long the node may take to answer the order to start. */
    static final Duration NODE_ANSWER = Duration.ofSeconds(10);

    /** How long after a session's start the node may be told anew, each time with as long to answer. */
    static final Duration NODE_TOLD = Duration.ofSeconds(60);

    Settings {
        range("Resume window", resumeWindow.toSeconds(), 5, 86_400);
        range("Node away", nodeAway.toSeconds(), 5, 3_600);
        limits.idle().ifPresent(idle -> range("Idle time", idle.toSeconds(), 5, 86_400));
        limits.idleMost().ifPresent(idle -> range("Longest idle time", idle.toSeconds(), 5, 86_400));
        limits.durationMost().ifPresent(most -> range("Longest duration", most.toSeconds(), 5, 2_592_000));
        range("Sessions", maxSessions, 1, 1_000_000);
        range("Sessions of a node", maxPerNode, 1, 100_000);
        range("Sessions of an owner", maxPerOwner, 1, 100_000);
    }

    static Settings from(SessionConfig config) {
        return new Settings(
                Duration.ofSeconds(config.resume_window_s()),
                Duration.ofSeconds(config.node_away_s()),
                new LimitSettings(
                        seconds(config.idle_timeout_s()),
                        seconds(config.idle_timeout_most_s()),
                        seconds(config.duration_most_s())),
                config.max_sessions(),
                config.max_sessions_per_node(),
                config.max_sessions_per_owner(),
                config.document_check_always());
    }

    /** 0 is none. */
    private static Optional<Duration> seconds(int seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    private static void range(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "%s: %d to %d, was %d (configuration %s)".formatted(what, least, most, value, SessionService.PID));
        }
    }
}
