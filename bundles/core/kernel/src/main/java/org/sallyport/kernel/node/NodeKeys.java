package org.sallyport.kernel.node;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The public keys of registered nodes, for request verification. Provided by core/node. */
@ProviderType
public interface NodeKeys {

    /** The key a node registered with or rotated to last; empty for unknown nodes. */
    Optional<PublicKey> publicKey(String nodeId);

    /**
     * Uses a signature by a node's own key up: whoever read one off a wire or a log must not get credentials by it.
     *
     * @param digest SHA-256 of the signature's bytes, hexadecimal
     * @param until when it is refused anyway, as too old
     * @return false when it was used before
     */
    boolean firstUse(String nodeId, String digest, Instant until);
}
