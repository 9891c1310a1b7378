package org.sallyport.cli.session;

import java.io.IOException;

/** Where a session shows what comes from the node. Called on the session's lane; blocking it slows the node down. */
public interface Screen {

    /** Bytes of the node's terminal, unchanged. */
    void output(byte[] bytes) throws IOException;

    /** Bytes of the program's separate error output. */
    void error(byte[] bytes) throws IOException;

    /** A line about the connection, not from the node. */
    void notice(String text);
}
