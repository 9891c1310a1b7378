package org.sallyport.agent.shell;

import java.util.ArrayDeque;
import java.util.Deque;

/** Key presses on their way to a terminal. Bounded: when it is full, input is refused and the other end sends it again. Any thread. */
final class InputQueue {
    private final int maxBytes;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean closed;

    InputQueue(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether it was taken; a message that is larger than the bound is taken when nothing else waits. */
    synchronized boolean offer(byte[] input) {
        if (closed || bytes > 0 && bytes + input.length > maxBytes) {
            return closed;
        }
        waiting.add(input);
        bytes += input.length;
        notifyAll();
        return true;
    }

    /** Blocks for the next input; null after {@link #close}. */
    synchronized byte[] take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        byte[] next = waiting.remove();
        bytes -= next.length;
        return next;
    }

    /** What waits is thrown away; later input is taken and thrown away. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }
}
