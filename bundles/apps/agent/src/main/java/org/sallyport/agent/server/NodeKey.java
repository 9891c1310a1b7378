package org.sallyport.agent.server;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Optional;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityKeeper;
import org.sallyport.agent.identity.NodeKeyPairs;
import org.sallyport.agent.server.NodeApi.RoleToken;
import org.sallyport.channel.api.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that the node proves itself with, and its change when the server asks for it (node-agent specification, section 3.3). The new key is on
 * the disk before the server hears of it and the old one until the server is known to have changed, so a crash, a full disk or a lost answer at
 * any point leaves a key that is taken: the old one is tried first, then the new one. One thread.
 */
public final class NodeKey implements RoleCredentials.Source {
    private static final Logger LOG = LoggerFactory.getLogger(NodeKey.class);

    private final NodeApi api;
    private final IdentityKeeper keeper;
    private PrivateKey present;
    private Optional<PrivateKey> next;

    public NodeKey(Identity identity, NodeApi api, IdentityKeeper keeper) {
        this.api = api;
        this.keeper = keeper;
        this.present = identity.privateKey();
        this.next = identity.nextKey();
    }

    @Override
    public RoleToken request() throws IOException {
        RoleToken token = next.isEmpty() ? api.requestRoleToken(present) : requestWithEither(next.get());
        if (token.updateKeyPair()) {
            change();
        }
        return token;
    }

    private RoleToken requestWithEither(PrivateKey other) throws IOException {
        try {
            RoleToken token = api.requestRoleToken(present);
            LOG.warn("The server still knows this node's old key; the new one is forgotten");
            settle(present);
            return token;
        } catch (ServiceException refused) {
            RoleToken token = api.requestRoleToken(other);
            LOG.info("The server knows this node's new key");
            settle(other);
            return token;
        }
    }

    private void change() {
        KeyPair pair = NodeKeyPairs.fresh();
        try {
            keeper.change(kept -> kept.keyed(kept.privateKey(), Optional.of(pair.getPrivate())));
            next = Optional.of(pair.getPrivate());
            api.updatePublicKey(pair.getPublic(), present);
            settle(pair.getPrivate());
            LOG.info("This node has a new key, as the server asked");
        } catch (ServiceException | IOException e) {
            // which key the server knows is found out at the next request
            LOG.warn("This node's key is not changed yet: {}", e.toString());
        }
    }

    /** On the disk may be both keys still, when it is full; the next start finds out which. */
    private void settle(PrivateKey key) {
        present = key;
        next = Optional.empty();
        try {
            keeper.change(kept -> kept.keyed(key, Optional.empty()));
        } catch (IOException e) {
            LOG.warn("Both of this node's keys stay on the disk: {}", e.getMessage());
        }
    }
}
