package org.sallyport.cli.session;

import java.io.IOException;

/** Where a session shows what comes from the node. Called on the session's lane; blocking it slows the node down. */
public interface Screen {

    /** Bytes of the node's terminal, unchanged. */
    void output(byte[] bytes) throws IOException;

    /** Bytes of the program's separate error output. */
    void error(byte[] bytes) throws IOException;

    /**
     * A line about the session, not from the node.
     *
     * @return false when there is no place for it between a program's output; it is to be shown as status for a while
     */
    boolean notice(String text);

    /** The one line that tells what is wrong now, in place of the last; called several times a second while something is. */
    void status(StatusLine line);

    /**
     * Nothing is wrong any more.
     *
     * @param news for those who do not see the line vanish
     * @return whether the line stood in the picture of a program that has to paint it anew
     */
    boolean clearStatus(String news);

    /** The session is over: last call. */
    void end();
}
