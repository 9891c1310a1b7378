package org.sallyport.kernel.session;

/** The two ends of a session. */
public enum DataEnd {
    /** The person's side: session-manager-plugin, our command line, the console. */
    CLIENT,
    /** The managed node's side. */
    NODE
}
