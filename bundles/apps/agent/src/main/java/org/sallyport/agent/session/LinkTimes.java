package org.sallyport.agent.session;

import java.time.Duration;
import org.sallyport.channel.websocket.WebSocketSettings;

/**
 * How long one try to open a data channel may take, how soon the next one begins beside it, and how soon a dead channel is noticed. The server waits for a lost
 * node for half a minute by default, so tries whose packets vanish must not follow one another. Asking for the token occupies a thread; so the first
 * ones are short, and later ones are long, for a network that is really slow. The specification leaves the times of a data channel to the node
 * (node-agent specification, section 6.5).
 *
 * @param token from asking for the token to its last byte
 * @param webSocket the times of the web-socket
 */
record LinkTimes(Duration token, WebSocketSettings webSocket) {
    /** After this the next try begins beside one that is still under way. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration PING = Duration.ofSeconds(20);

    /** Sooner than the server gives up a silent node and has waited for it. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    /** @param failures tries that failed since a channel was open */
    static LinkTimes ofTry(int failures) {
        Duration each = failures > 1 ? LONG : SHORT.multipliedBy(failures + 1L);
        return new LinkTimes(each, new WebSocketSettings(LONG, PING, SILENCE, SILENCE, true));
    }
}
