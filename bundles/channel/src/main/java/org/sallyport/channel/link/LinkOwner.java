package org.sallyport.channel.link;

import java.nio.ByteBuffer;

/** What a {@link Link} tells whoever speaks over it, on the loop's thread, one call at a time. */
public interface LinkOwner {
    /** First call: the connection is there, nothing was sent yet. */
    void opened();

    /** The TLS handshake is done. */
    void secured();

    /** Plaintext from the peer, valid until return. */
    void received(ByteBuffer bytes);

    /** After {@code send} returned false: what waits is below the low mark. */
    void drained();

    /** Last call. */
    void closed(String cause);
}
