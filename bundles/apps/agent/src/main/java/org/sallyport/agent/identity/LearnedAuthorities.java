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

    private final IdentityKeeper keeper;

    public LearnedAuthorities(IdentityKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public void accept(String pem) {
        try {
            keeper.change(kept -> kept.caPem().contains(pem.strip()) ? kept : kept.believing(pem));
            LOG.info("The server's next certificate authority is kept with the registration");
        } catch (IOException e) {
            LOG.warn("The server's next certificate authority cannot be kept: {}", e.getMessage());
        }
    }
}
