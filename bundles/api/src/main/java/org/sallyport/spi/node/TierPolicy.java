package org.sallyport.spi.node;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what a tier allows. Called by the node engine at registration and by the session engine at start and resume, on their
 * threads: an answer is computed from the arguments alone, without blocking. Exactly one serves, the highest
 * {@code service.ranking}. Absent, no session to a hybrid node starts and no hybrid node registers.
 */
@ConsumerType
public interface TierPolicy {

    /** A refusal: AWS's error code and the text for the person. */
    record Refusal(String code, String message) {}

    /**
     * The node of a session.
     *
     * @param id {@code mi-…} of a hybrid node, {@code i-…} of a cloud instance
     * @param tags its tags now; empty for a node that is not known
     */
    record Target(String id, Map<String, String> tags) {
        public Target {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * @param tier value of the tier setting, {@code standard} or {@code advanced}
     * @return why a session may not start or go on; empty when it may
     */
    Optional<Refusal> session(String tier, Target node);

    /**
     * @param hybridNodes how many hybrid nodes are registered already; {@link Integer#MAX_VALUE} asks whether the tier has a limit at all: when
     *     one more may register then, the nodes are not counted
     * @return why one more may not register; empty when it may
     */
    Optional<Refusal> registration(String tier, long hybridNodes);
}
