package org.sallyport.agent.control;

import org.sallyport.protocol.message.SessionTask;

/** What the server may order on the control channel. Called on the network's thread; must not block. */
interface Orders {
    void startSession(SessionTask task);

    void endSession(String sessionId);
}
