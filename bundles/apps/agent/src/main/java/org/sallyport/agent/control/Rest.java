package org.sallyport.agent.control;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Gives memory back when the agent comes to rest: once after its start, and once after its sessions have ended. Java shrinks a heap only when it collects
 * all of it, and an agent that rests leaves too little behind for that to happen by itself. Called once a minute by one thread.
 */
final class Rest implements Runnable {
    private final BooleanSupplier idle;
    private final LongSupplier begun;
    private final Runnable collect;
    private long collectedAfter = -1;

    /**
     * @param idle whether no session runs
     * @param begun how many sessions have begun so far
     * @param collect blocks for some tens of milliseconds
     */
    Rest(BooleanSupplier idle, LongSupplier begun, Runnable collect) {
        this.idle = idle;
        this.begun = begun;
        this.collect = collect;
    }

    @Override
    public void run() {
        long now = begun.getAsLong();
        if (now != collectedAfter && idle.getAsBoolean()) {
            collectedAfter = now;
            collect.run();
        }
    }
}
