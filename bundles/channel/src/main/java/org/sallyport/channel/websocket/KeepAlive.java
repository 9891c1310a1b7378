package org.sallyport.channel.websocket;

import java.util.Optional;

/** When to ping, and when to give up; times in nanoseconds of one clock. Pure; one thread. */
final class KeepAlive {
    private final WebSocketSettings settings;
    private final long openBy;
    private long nextPing;
    private long readBy;
    private boolean rested;

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

    /** True once an interval. */
    boolean pingDue(long now) {
        if (now - nextPing < 0) {
            return false;
        }
        nextPing = now + settings.pingInterval().toNanos();
        return true;
    }

    /** What is overdue. While reading is paused no pong can be seen, so the deadline starts anew afterwards. */
    Optional<String> fault(long now, boolean open, boolean paused) {
        if (!open) {
            return now - openBy > 0 ? Optional.of("not opened within " + settings.openDeadline()) : Optional.empty();
        }
        if (paused) {
            rested = true;
            return Optional.empty();
        }
        if (rested) {
            rested = false;
            readBy = now + settings.pongDeadline().toNanos();
        }
        return now - readBy > 0 ? Optional.of("no pong from the server in time") : Optional.empty();
    }
}
