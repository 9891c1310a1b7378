package org.sallyport.cli.session;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.sallyport.channel.websocket.WebSocketListener;

/** How a session reaches the server. Calls return at once; the answers come on other threads. */
public interface Dialer {

    /** Opens a web-socket; {@code listener.closed} tells a failure. */
    void dial(URI streamUrl, WebSocketListener listener);

    /**
     * Asks for a new token, again and again while the server cannot be reached.
     *
     * @param token called once with the token, empty when the session is over
     * @param lost called once instead, with the reason, when the server refuses or stays away too long
     */
    void resume(String sessionId, Consumer<Optional<String>> token, Consumer<String> lost);
}
