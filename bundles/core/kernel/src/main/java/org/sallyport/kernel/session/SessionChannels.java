package org.sallyport.kernel.session;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.api.access.Principal;
import org.sallyport.api.session.EndCause;

/**
 * Tokens and states of data channels. Provided by core/session, called by core/relay on its worker threads, never on a network thread.
 */
@ProviderType
public interface SessionChannels {

    /**
     * The first text message of a data channel (data-channel specification, section 2.2; node-agent specification, section 6.1).
     *
     * @param takesOver the client that the session is bound to and that this one replaces; only who names it gets the session
     */
    record OpenRequest(
            String sessionId,
            String token,
            String clientId,
            Optional<String> clientVersion,
            Optional<Principal> signer,
            Optional<String> takesOver) {
        /** Without a client to replace. */
        public OpenRequest(
                String sessionId,
                String token,
                String clientId,
                Optional<String> clientVersion,
                Optional<Principal> signer) {
            this(sessionId, token, clientId, clientVersion, signer, Optional.empty());
        }

        @Override
        public String toString() {
            return "OpenRequest[" + sessionId + "]";
        }
    }

    /**
     * What the relay needs to know to attach an end.
     *
     * @param sessionType of the session's document
     * @param separateOutput whether the node must never be paused (data-channel specification, section 8.1)
     */
    record Attachment(String sessionId, DataEnd end, String nodeId, String sessionType, boolean separateOutput) {}

    /**
     * CreateDataChannel by a node: its credentials must be the session's target and the session alive.
     *
     * @return one-use token that lives 60 s
     * @throws org.sallyport.api.error.SallyportException {@code ACCESS_DENIED}; {@code SESSION_OVER} with a text that contains
     *     {@code Session is already terminated}
     */
    String createDataChannel(Principal node, String sessionId);

    /**
     * Whether a node's signed upgrade may be accepted: it must be the session's target, and hold a token that was not used yet. Asked
     * before the upgrade is answered, since a node's channel is never accepted and then closed.
     *
     * @throws org.sallyport.api.error.SallyportException as {@link #createDataChannel}
     */
    void admitNode(Principal node, String sessionId);

    /**
     * Takes the token of an end. A token opens once, for its session and end, and a client's ones for the {@code ClientId} of the first use,
     * or of who took it over from that one.
     *
     * @throws org.sallyport.api.error.SallyportException {@code TOKEN_REFUSED}, {@code SESSION_OVER}, … with a text for the person
     */
    Attachment attach(OpenRequest request);

    /** An end is attached now; both attached makes the session Connected. */
    void attached(String sessionId, DataEnd end);

    /** An end lost its connection. */
    void detached(String sessionId, DataEnd end);

    /**
     * The node said {@code Terminating} on its data channel: the program is gone. The session is over when the node's
     * {@code agent_task_complete} says how, or soon after without it.
     */
    void nodeFinished(String sessionId, EndCause cause, String detail);

    /** The client sent flag 2, TerminateSession. */
    void clientFinished(String sessionId);

    /** The journal of the session does not take what passes, and the session's document does not let it go on without. It is to end. */
    void recordingFailed(String sessionId, String detail);
}
