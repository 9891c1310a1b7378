package org.sallyport.core.audit;

import java.util.ArrayList;
import java.util.List;

/** Lines that nobody waits for: they are written before the next others. Holds at most {@value #MOST}. Any thread. */
final class Notes {
    static final int MOST = 1_000;

    private final List<Draft> waiting = new ArrayList<>();
    private int given;

    /** Returns false when it is full; then the note is lost. */
    synchronized boolean add(Draft note) {
        return waiting.size() < MOST && waiting.add(note);
    }

    /** All of them; they stay until {@link #written}. */
    synchronized List<Draft> take() {
        given = waiting.size();
        return List.copyOf(waiting);
    }

    /** What was given last is on the disk. */
    synchronized void written() {
        waiting.subList(0, given).clear();
        given = 0;
    }
}
