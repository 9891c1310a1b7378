package org.sallyport.cli.session;

import java.net.URI;
import org.sallyport.channel.websocket.WebSocketListener;

/** How a session reaches the server. Calls return at once; the answers come on other threads. */
public interface Dialer {

    /** What came of asking for a new token; one of these is called, once. */
    interface Answer {
        /** The session goes on with this token. */
        void token(String token);

        /**
         * The session ended meanwhile.
         *
         * @param cause what the server's history says of the end; empty when it says nothing
         */
        void over(String cause);

        /** The server does not answer, or not now; to be asked again. */
        void away(String why);

        /** The server refuses for good. */
        void refused(String why);
    }

    /**
     * Opens a web-socket; {@code listener.closed} tells a failure.
     *
     * @throws IllegalArgumentException the address is no {@code wss} address
     */
    void dial(URI streamUrl, WebSocketListener listener);

    /** Asks once for a new token. */
    void resume(String sessionId, Answer answer);
}
