package org.sallyport.cli.session;

/** Bounds what was typed and is not with the sender yet: the keyboard waits while there is no place. Any thread. */
final class Room {
    private int free;
    private boolean over;

    Room(int places) {
        free = places;
    }

    /** Waits for a place; false when the session is over and waiting is useless. */
    synchronized boolean take() throws InterruptedException {
        while (free == 0 && !over) {
            wait();
        }
        if (over) {
            return false;
        }
        free--;
        return true;
    }

    synchronized void give() {
        free++;
        notifyAll();
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }
}
