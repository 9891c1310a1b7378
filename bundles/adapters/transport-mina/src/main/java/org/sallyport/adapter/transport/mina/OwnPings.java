package org.sallyport.adapter.transport.mina;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Pings that were asked for and are not answered; the transport's own are empty and not among them. Any thread. */
final class OwnPings {
    static final int MAX = 16;

    private final Deque<byte[]> unanswered = new ArrayDeque<>();

    /** Sends one, and remembers it in the order of sending; the oldest beyond {@link #MAX} is forgotten. */
    synchronized void send(byte[] payload, Runnable sending) {
        if (unanswered.size() == MAX) {
            unanswered.remove();
        }
        unanswered.add(payload);
        sending.run();
    }

    /** Whether a pong answers one of them. Then those before it are answered too: a peer may leave them out. */
    synchronized boolean answeredBy(byte[] pong) {
        if (unanswered.stream().noneMatch(sent -> Arrays.equals(sent, pong))) {
            return false;
        }
        while (!Arrays.equals(unanswered.remove(), pong)) {
            // Answered by what came after it.
        }
        return true;
    }
}
