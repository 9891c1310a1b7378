package org.sallyport.kernel.node;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.spi.node.TierPolicy;

/**
 * What the account's tier allows: the tier setting, judged by the tier policy that serves now. Provided by core/node, asked by
 * core/session at start and resume, after the decision point. Any thread, outside of transactions; blocks for one look-up in the store.
 */
@ProviderType
public interface Tiers {

    /**
     * @param nodeId the target, as given
     * @return why a session to it may not start or go on; empty when it may
     * @throws org.sallyport.api.error.SallyportException {@code SERVICE_AWAY} while no tier policy is there: then no session starts
     */
    Optional<TierPolicy.Refusal> session(String nodeId);
}
