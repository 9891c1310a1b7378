package org.sallyport.agent.session;

/** Is told, once for each session, how it ended. From any thread; must not block. */
public interface SessionOwner {
    /**
     * @param succeeded true for a normal exit and for a session that was terminated
     * @param output text for people when it failed, else empty
     */
    void ended(String sessionId, boolean succeeded, String output);
}
