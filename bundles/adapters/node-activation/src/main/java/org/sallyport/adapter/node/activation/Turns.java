package org.sallyport.adapter.node.activation;

import java.util.concurrent.locks.ReentrantLock;

/** A fixed number of locks that ids share. */
final class Turns {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    Turns() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    ReentrantLock of(String id) {
        return locks[Math.floorMod(id.hashCode(), LOCKS)];
    }
}
