package org.sallyport.kernel.node;

import java.security.PublicKey;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The public keys of registered nodes, for request verification. Provided by core/node. */
@ProviderType
public interface NodeKeys {

    /** The key a node registered with or rotated to last; empty for unknown nodes. */
    Optional<PublicKey> publicKey(String nodeId);
}
