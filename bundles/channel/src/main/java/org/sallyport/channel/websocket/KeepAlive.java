package org.sallyport.channel.websocket;

import java.time.Duration;
import java.util.Optional;

/** When to ping, and when to give up; times in nanoseconds of one clock. Pure; one thread. */
final class KeepAlive {
    private final WebSocketSettings settings;
    private final long openBy;
    private long nextPing;
    private long readBy;
    private boolean rested;
    private Optional<Question> question = Optional.empty();

    private record Question(Duration deadline, long by) {
        static Question asked(Duration deadline, long now) {
            return new Question(deadline, now + deadline.toNanos());
        }
    }

    KeepAlive(WebSocketSettings settings, long now) {
        this.settings = settings;
        this.openBy = now + settings.openDeadline().toNanos();
    }

    void opened(long now) {
        nextPing = now + settings.pingInterval().toNanos();
        readBy = now + settings.firstReadDeadline().toNanos();
    }

    void pong(long now) {
        readBy = now + settings.pongDeadline().toNanos();
    }

    /** Bytes came, of whatever kind. */
    void received(long now) {
        question = Optional.empty();
        if (settings.anythingCounts()) {
            pong(now);
        }
    }

    /** The server is asked whether it is there; true when a ping is to be sent for that. */
    boolean asked(Duration deadline, long now) {
        if (question.isPresent()) {
            return false;
        }
        question = Optional.of(Question.asked(deadline, now));
        return true;
    }

    /** True once an interval. */
    boolean pingDue(long now) {
        if (now - nextPing < 0) {
            return false;
        }
        nextPing = now + settings.pingInterval().toNanos();
        return true;
    }

    /** What is overdue. While reading is paused no pong can be seen, so the deadline starts anew afterwards. */
    Optional<String> fault(long now, boolean opened, boolean paused) {
        if (!opened) {
            return now - openBy > 0 ? Optional.of("not opened within " + settings.openDeadline()) : Optional.empty();
        }
        if (paused) {
            rested = true;
            return Optional.empty();
        }
        if (rested) {
            rested = false;
            readBy = now + settings.pongDeadline().toNanos();
            question = question.map(open -> Question.asked(open.deadline(), now));
        }
        if (question.isPresent() && now - question.get().by() > 0) {
            return Optional.of(
                    "nothing came from the server within " + question.get().deadline());
        }
        return now - readBy > 0 ? Optional.of("no pong from the server in time") : Optional.empty();
    }
}
