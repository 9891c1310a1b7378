package org.sallyport.agent.shell;

/** Lets some in while it is open, and can be closed for a time: then nobody is inside. Any thread. */
final class Gate {
    private int inside;
    private boolean shut;

    /** Blocks while it is shut; {@link #leave} follows. */
    synchronized void enter() throws InterruptedException {
        while (shut) {
            wait();
        }
        inside++;
    }

    /** As {@link #enter}, whatever interrupts it. */
    synchronized void enterInAnyCase() {
        boolean interrupted = false;
        while (shut) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        inside++;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Blocks until nobody is inside. */
    synchronized void shut() {
        shut = true;
        boolean interrupted = false;
        while (inside > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }
}
