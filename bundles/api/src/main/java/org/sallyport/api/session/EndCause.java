package org.sallyport.api.session;

/** Why a session ended. Stored by name; names are never reused. */
public enum EndCause {
    /** The program on the node ended (the person typed exit). */
    EXITED,
    /** The client ended the session. */
    CLIENT,
    /** Somebody else ended it with TerminateSession. */
    TERMINATED,
    /** The node did not answer the start within ten seconds. */
    NODE_SILENT,
    /** The node could not run the session; its text is the detail. */
    NODE_FAILED,
    /** The node's end stayed away too long. */
    NODE_LOST,
    /** The client never attached or stayed away too long. */
    CLIENT_LOST,
    /** Nothing typed for the idle limit. */
    IDLE,
    /** The longest duration is over. */
    MAX_DURATION,
    /** The right to it was taken away. */
    ACCESS_REVOKED,
    /** Its record could not be kept, and its document does not let it go on without. */
    RECORDING,
    /** The server broke it and says so. */
    SERVER,
    /** The node was deregistered. */
    NODE_REMOVED,
    /** The account's tier allows no session to the node any more. */
    TIER
}
