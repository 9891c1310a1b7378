package org.sallyport.front.console.api;

import java.util.Collection;

/** An open event stream. Calls may block while the browser does not read, until the web server's time is over; one thread at a time. */
interface Stream {
    /** False when the browser is gone. */
    boolean open();

    /** Sends an event. An end of the connection shows in {@link #open} afterwards. */
    void changed(String event, Collection<String> ids);

    /** Sends what browsers ignore, to find out whether they are there. */
    void heartbeat();

    void close();
}
