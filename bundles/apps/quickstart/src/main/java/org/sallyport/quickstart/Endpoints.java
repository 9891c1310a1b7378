package org.sallyport.quickstart;

import java.net.URI;

/** Region and ports of the server that this run starts; everything is on this machine. */
record Endpoints(String region, int apiPort, int channelPort) {

    URI api() {
        return URI.create("https://localhost:" + apiPort);
    }

    /** The channel port as node agents are configured with it. */
    URI channel() {
        return URI.create("https://localhost:" + channelPort);
    }
}
