package org.sallyport.cli;

import java.io.ByteArrayOutputStream;

/**
 * What a person typed and the session has no place for yet, so that the keyboard is read on and {@code ~.} is found however long nothing is
 * taken. Nothing is dropped: beyond 16 MiB, which is no typing but a paste, the keyboard is not read until something was taken. Any thread.
 */
final class TypeAhead {
    static final int LIMIT = 16 * 1024 * 1024;

    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean ended;

    /** Waits while there is no place. */
    synchronized void put(byte[] keys) throws InterruptedException {
        while (waiting.size() >= LIMIT && !ended) {
            wait();
        }
        waiting.writeBytes(keys);
        notifyAll();
    }

    /** All that waits; waits for it; empty after the end. */
    synchronized byte[] take() throws InterruptedException {
        while (waiting.size() == 0 && !ended) {
            wait();
        }
        byte[] keys = waiting.toByteArray();
        waiting = new ByteArrayOutputStream();
        notifyAll();
        return keys;
    }

    /** Nothing more is typed; what waits can still be taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
