package org.sallyport.agent.shell;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Key presses on their way to a terminal. Bounded: when it is full, input is refused and the other end sends it again. What was not written yet is
 * here and nowhere else. Any thread.
 */
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

    /** Takes what {@link #content} of another one gave, whatever its size. */
    synchronized void restore(List<byte[]> content) {
        for (byte[] input : content) {
            waiting.add(input);
            bytes += input.length;
        }
        notifyAll();
    }

    /** Blocks for the next input, which stays; null after {@link #close}. */
    synchronized byte[] next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : waiting.peek();
    }

    /** The first bytes of {@link #next} were written; true when that is all of it. */
    synchronized boolean written(int count) {
        if (closed) {
            return true;
        }
        byte[] next = waiting.remove();
        bytes -= count;
        if (count < next.length) {
            waiting.addFirst(Arrays.copyOfRange(next, count, next.length));
        }
        return count == next.length;
    }

    /** What waits, in order. */
    synchronized List<byte[]> content() {
        return List.copyOf(waiting);
    }

    /** What waits is thrown away; later input is taken and thrown away. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }
}
