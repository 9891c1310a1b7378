package org.sallyport.cli.session;

import java.util.function.BooleanSupplier;

/** Lets the keyboard wait while too much is on its way to the node. Any thread. */
final class Room {
    private static final long LOOK_AGAIN_MILLIS = 200;

    private boolean free = true;

    synchronized void set(boolean now) {
        free = now;
        notifyAll();
    }

    /** Waits until there is room, or {@code over} says that waiting is useless. */
    synchronized void await(BooleanSupplier over) throws InterruptedException {
        while (!free && !over.getAsBoolean()) {
            wait(LOOK_AGAIN_MILLIS);
        }
    }
}
