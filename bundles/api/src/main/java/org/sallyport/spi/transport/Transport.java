package org.sallyport.spi.transport;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries frames between the outside and the relay: listens, upgrades, frames, and knows nothing of sessions.
 *
 * <p>A transport gets {@code api.transport.ChannelEndpoint} and hands it each request and each upgraded connection. It registers this
 * service while it listens, property {@value #SCHEME}. Several may serve at once. Absent, no new connection of that scheme comes in; sessions
 * stay and their ends come back when it does.
 */
@ConsumerType
public interface Transport {
    /** Service property: URI scheme that it serves, for instance {@code wss}. */
    String SCHEME = "sallyport.transport.scheme";

    /** Name and version for the runtime snapshot. */
    String description();

    /** The port it listens on now. */
    int localPort();

    /** Open connections now. */
    int connections();
}
