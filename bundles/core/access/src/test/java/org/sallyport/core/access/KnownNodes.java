package org.sallyport.core.access;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.kernel.node.NodeKeys;

/** Keys of nodes, and which signatures were used. */
final class KnownNodes implements NodeKeys {
    private final Map<String, PublicKey> keys;
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    KnownNodes(Map<String, PublicKey> keys) {
        this.keys = keys;
    }

    @Override
    public Optional<PublicKey> publicKey(String nodeId) {
        return Optional.ofNullable(keys.get(nodeId));
    }

    @Override
    public boolean firstUse(String nodeId, String digest, Instant until) {
        return used.add(digest);
    }
}
