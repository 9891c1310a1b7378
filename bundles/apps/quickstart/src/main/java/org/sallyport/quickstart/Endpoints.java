package org.sallyport.quickstart;

import java.net.URI;

/**
 * Region, name and ports of the server that this run starts.
 *
 * @param host name or address by which browsers, command lines and nodes reach it
 */
record Endpoints(String region, String host, int apiPort, int channelPort) {
    static final String OWN_MACHINE = "localhost";

    URI api() {
        return address(apiPort);
    }

    /** The channel port as node agents are configured with it. */
    URI channel() {
        return address(channelPort);
    }

    /** Whether other machines have a name for it. */
    boolean forOthers() {
        return !host.equals(OWN_MACHINE);
    }

    private URI address(int port) {
        return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
