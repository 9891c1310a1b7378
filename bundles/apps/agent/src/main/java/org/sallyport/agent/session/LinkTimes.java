package org.sallyport.agent.session;

import java.time.Duration;
import org.sallyport.channel.websocket.WebSocketSettings;

/**
 * How long one try to open a data channel may take, and how soon a dead one is noticed. The server waits for a lost node for half a
 * minute by default. A try whose packets vanish must not use that up, so the first ones are short; later ones are long, for a network that is
 * really slow. The specification leaves the times of a data channel to the node (node-agent specification, section 6.5).
 *
 * @param token from asking for the token to its last byte
 * @param webSocket the times of the web-socket
 */
record LinkTimes(Duration token, WebSocketSettings webSocket) {
    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration PING = Duration.ofSeconds(20);

    /** Sooner than the server gives up a silent node and has waited for it. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    /** @param failures tries that failed since a channel was open */
    static LinkTimes ofTry(int failures) {
        Duration each = failures > 1 ? LONG : SHORT.multipliedBy(failures + 1L);
        return new LinkTimes(each, new WebSocketSettings(each, PING, SILENCE, SILENCE, true));
    }
}
