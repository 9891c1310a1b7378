package org.sallyport.agent.identity;

import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds certificate authorities that the pinned ones introduced to the registration, so that the next start believes them too. Any thread;
 * writes to the disk. What cannot be kept is believed until the agent stops, and learned again after its next start.
 */
public final class LearnedAuthorities implements Consumer<String> {
    private static final Logger LOG = LoggerFactory.getLogger(LearnedAuthorities.class);

    private final IdentityStore store;

    public LearnedAuthorities(IdentityStore store) {
        this.store = store;
    }

    @Override
    public synchronized void accept(String pem) {
        try {
            Identity kept = store.load().orElseThrow(() -> new IOException("this node is not registered any more"));
            if (!kept.caPem().contains(pem.strip())) {
                store.save(kept.believing(pem));
                LOG.info("The server's next certificate authority is kept in {}", store.file());
            }
        } catch (IOException e) {
            LOG.warn("The server's next certificate authority cannot be kept: {}", e.getMessage());
        }
    }
}
