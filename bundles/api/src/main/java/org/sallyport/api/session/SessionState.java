package org.sallyport.api.session;

/** Where a session is in its life. Moves forward only, except between CONNECTED and DISCONNECTED. */
public enum SessionState {
    /** Started; the node was told; not both ends are attached yet. */
    CONNECTING("Connecting"),
    /** Both ends are attached and the node said so. */
    CONNECTED("Connected"),
    /** One end or both lost their connection; it may resume. */
    DISCONNECTED("Disconnected"),
    /** Being ended: the node is told and output is drained. */
    TERMINATING("Terminating"),
    /** Over; the cause is stored. */
    TERMINATED("Terminated"),
    /** Over before it was ever connected. */
    FAILED("Failed");

    private final String wireName;

    SessionState(String wireName) {
        this.wireName = wireName;
    }

    /** AWS's spelling. */
    public String wireName() {
        return wireName;
    }

    /** Whether nothing more can happen to it. */
    public boolean over() {
        return this == TERMINATED || this == FAILED;
    }
}
