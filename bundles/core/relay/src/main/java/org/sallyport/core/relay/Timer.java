package org.sallyport.core.relay;

/** Time and delayed tasks of the relay. Tasks run on one thread and only post to lanes or close connections. */
interface Timer {

    /** Monotonic milliseconds, from an arbitrary start. */
    long millis();

    /** Milliseconds since 1970, for messages. */
    long epochMillis();

    /** Runs a task once after a delay. The returned task takes it back if it did not run yet. */
    Runnable after(long delayMillis, Runnable task);
}
