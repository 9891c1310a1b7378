package org.sallyport.core.relay;

import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.spi.transport.Connection;

/**
 * Whether a connection is read: it is while nobody has a reason against it. Any thread. The connection is told without a lock; whoever told
 * it checks afterwards that nothing changed meanwhile, so the last word is always the right one.
 */
final class Reading {
    /** The frames that came wait for the lane. */
    static final int INTAKE = 1;

    /** The other end does not take what this one sends. */
    static final int PEER = 2;

    private final Connection connection;
    private final AtomicInteger reasons = new AtomicInteger();

    Reading(Connection connection) {
        this.connection = connection;
    }

    void stop(int reason) {
        if ((reasons.getAndUpdate(r -> r | reason) & reason) == 0) {
            tell();
        }
    }

    void resume(int reason) {
        if ((reasons.getAndUpdate(r -> r & ~reason) & reason) != 0) {
            tell();
        }
    }

    boolean stopped(int reason) {
        return (reasons.get() & reason) != 0;
    }

    private void tell() {
        boolean read;
        do {
            read = reasons.get() == 0;
            if (read) {
                connection.resumeReading();
            } else {
                connection.pauseReading();
            }
        } while (read != (reasons.get() == 0));
    }
}
