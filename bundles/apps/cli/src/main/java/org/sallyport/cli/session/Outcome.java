package org.sallyport.cli.session;

/**
 * How a session ended for this client.
 *
 * @param how what happened
 * @param text for the person; may be empty. Comes from the server and may hold text of a node.
 */
public record Outcome(How how, String text) {

    /** What happened. */
    public enum How {
        /** The program on the node ended, or the person ended the session. */
        ENDED,
        /** The server ended the session and says why. */
        CLOSED,
        /** Another terminal of the same person took the session over, where it goes on. */
        MOVED,
        /** The person left a session that did not answer. */
        LEFT,
        /** The connection was lost and could not be taken up again. */
        LOST
    }
}
