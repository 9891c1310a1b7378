package org.sallyport.cli.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When to ask the server whether it is still there, sooner than the regular pings would notice: something typed is not acknowledged and
 * nothing else comes either, or the machine slept. At most one question in ten seconds, sleep aside. Milliseconds; on the session's lane
 * only.
 */
final class LinkWatch {
    /** Silence after something was typed. */
    static final long SILENCE = 4_000;

    /** By which the wall clock is ahead of the steady one after a sleep; smaller steps are those of a clock being set. */
    static final long SLEPT = 5_000;

    /** For an answer. */
    static final Duration ANSWER = Duration.ofSeconds(4);

    private static final long PAUSE = 10_000;

    private long ahead;
    private long heard;
    private long nextQuestion;

    LinkWatch(long steady, long wall) {
        ahead = wall - steady;
        heard = steady;
        nextQuestion = steady;
    }

    /** A connection is there, or something came over it. */
    void heard(long steady) {
        heard = steady;
    }

    /**
     * To be called several times a second, connected or not.
     *
     * @param oldest when the oldest message that is not acknowledged was first sent
     * @return to ask now, with the deadline for the answer
     */
    Optional<Duration> tick(long steady, long wall, OptionalLong oldest) {
        long lead = wall - steady;
        boolean slept = lead - ahead >= SLEPT;
        ahead = lead;
        boolean silent = oldest.isPresent() && steady - oldest.getAsLong() >= SILENCE && steady - heard >= SILENCE;
        if (slept || silent && steady >= nextQuestion) {
            nextQuestion = steady + PAUSE;
            return Optional.of(ANSWER);
        }
        return Optional.empty();
    }
}
