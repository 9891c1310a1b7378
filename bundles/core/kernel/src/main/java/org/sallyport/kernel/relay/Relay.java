package org.sallyport.kernel.relay;

import java.util.OptionalLong;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.SessionNotice;

/**
 * The only way from one end of a session to the other, and to a node's control channel. Provided by core/relay; sockets and pairing
 * belong to it, nothing of it is stored. Any thread; never blocks for a peer.
 */
@ProviderType
public interface Relay {

    /**
     * Sends a message on a node's control channel.
     *
     * @return false when this server holds none for that node
     */
    boolean toNode(String nodeId, AgentMessage message);

    /** Whether a control channel of that node is open. */
    boolean connected(String nodeId);

    /** Closes a node's control channel, for instance when it was deregistered. */
    void dropNode(String nodeId);

    /** The ends of a session that are attached now; what core/session was told of it may be older. */
    Set<DataEnd> attached(String sessionId);

    /**
     * Ends the data channels of a session. If asked, the node is told at once, so that its program dies now; the client gets the output
     * already here, for at most two seconds, and then {@code channel_closed}. The sockets are closed when the peers have gone, after
     * five seconds at most. For 60 s, further connections of the client are answered with {@code channel_closed} and the same text.
     *
     * @param text what the person reads; empty for the plain end
     * @param tellNode whether the node is told on its data channel
     */
    void end(String sessionId, String text, boolean tellNode);

    /** Whether anything of a session is still here: an end, or output that drains. Its journal is sealed when not. */
    boolean holds(String sessionId);

    /**
     * When the person last typed, in milliseconds since 1970: input with payload type Output. Acknowledgements, pings, sizes and flags do not
     * count. In a port session data of either direction counts, the multiplexer's keep-alives do not. Empty when nothing was typed since this
     * server holds the session.
     */
    OptionalLong lastTyped(String sessionId);

    /** Tells the person something, if the client is attached and asked for notices; else nothing happens. */
    void notice(String sessionId, SessionNotice notice);
}
