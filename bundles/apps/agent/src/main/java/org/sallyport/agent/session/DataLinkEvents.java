package org.sallyport.agent.session;

import org.sallyport.protocol.message.AgentMessage;

/** What happens to a session's data channel; on the session's lane. */
interface DataLinkEvents {
    /** @param first false after a loss: what was sent before may be lost */
    void opened(boolean first);

    void frame(AgentMessage message);

    /** The socket has room again. */
    void writable();

    /** The channel is lost; the link tries to make a new one. */
    void lost();

    /** Last call: there is no channel and there will be none; the text is for people. */
    void failed(String text);
}
