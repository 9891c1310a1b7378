package org.sallyport.cli.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.sallyport.channel.Backoff;

/**
 * When to try again, and when to give up: after so long without progress. That a connection opens is no progress, else one that is
 * closed at once would be opened for ever without a pause. On the session's lane only.
 */
final class Retries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private final Duration giveUp;
    private OptionalLong failingSince = OptionalLong.empty();

    Retries(Duration giveUp) {
        this.giveUp = giveUp;
    }

    /** Pause before the next try; empty to give up. */
    Optional<Duration> next(long nowMillis) {
        if (failingSince.isEmpty()) {
            failingSince = OptionalLong.of(nowMillis);
        }
        boolean useless = nowMillis - failingSince.getAsLong() >= giveUp.toMillis();
        return useless ? Optional.empty() : Optional.of(backoff.next());
    }

    /** The connection works. */
    void progress() {
        failingSince = OptionalLong.empty();
        backoff.reset();
    }
}
