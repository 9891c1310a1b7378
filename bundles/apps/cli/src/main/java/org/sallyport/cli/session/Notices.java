package org.sallyport.cli.session;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sallyport.protocol.message.SessionNotice;

/** What the server says of a session that goes on: the node's state lasts, everything else is shown once. On the session's lane only. */
final class Notices {
    /** A server that makes up ever new kinds does not fill the screen. */
    private static final int MOST_KINDS = 16;

    private final BiConsumer<String, Long> nodeAway;
    private final Runnable nodeBack;
    private final Consumer<String> show;
    private final Consumer<String> moved;
    private final Set<String> told = new HashSet<>();

    Notices(BiConsumer<String, Long> nodeAway, Runnable nodeBack, Consumer<String> show, Consumer<String> moved) {
        this.nodeAway = nodeAway;
        this.nodeBack = nodeBack;
        this.show = show;
        this.moved = moved;
    }

    void take(SessionNotice notice) {
        switch (notice.kind()) {
            case SessionNotice.NODE_AWAY -> nodeAway.accept(notice.text(), notice.seconds());
            case SessionNotice.NODE_BACK -> nodeBack.run();
            case SessionNotice.TAKEN_OVER -> moved.accept(notice.text());
            default -> {
                if (told.size() < MOST_KINDS && told.add(notice.kind())) {
                    show.accept(notice.text());
                }
            }
        }
    }

    /** Something was typed: the next time of rest is warned of again. */
    void typed() {
        told.remove(SessionNotice.IDLE_SOON);
    }
}
