package org.sallyport.core.node;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.kernel.node.NodeKeys;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** The keys of nodes from the table. Needs nothing but the store, since request verification must not wait for what waits for it. */
@Component(service = NodeKeys.class)
public final class RegisteredKeys implements NodeKeys {
    private final NodeTable table;

    @Activate
    public RegisteredKeys(@Reference Transactions transactions, @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new NodeTable(transactions));
    }

    RegisteredKeys(NodeTable table) {
        this.table = table;
    }

    @Override
    public Optional<PublicKey> publicKey(String nodeId) {
        return NodeIds.valid(nodeId) ? table.publicKey(nodeId).map(PublicKeys::kept) : Optional.empty();
    }

    @Override
    public boolean firstUse(String nodeId, String digest, Instant until) {
        return NodeIds.valid(nodeId) && table.useSignature(nodeId, digest, until);
    }
}
