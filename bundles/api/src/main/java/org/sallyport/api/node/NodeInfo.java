package org.sallyport.api.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A managed node as the inventory shows it.
 *
 * @param id {@code mi-} and 17 hexadecimal digits; {@code i-} and 8 or 17 for a cloud instance
 * @param name default name given by its activation
 * @param activationId the activation that admitted it; empty text for a node that proved itself otherwise
 * @param role the role it acts with
 * @param lastPing last heartbeat or moment with an open control channel; empty before the first
 * @param connected whether its control channel is open now
 * @param report what it last said of itself; empty before the first heartbeat
 * @param standing how it came in, and what is asked of a person
 */
public record NodeInfo(
        String id,
        Optional<String> name,
        String activationId,
        String role,
        Instant registered,
        Optional<Instant> lastPing,
        boolean connected,
        Optional<NodeReport> report,
        Map<String, String> tags,
        NodeStanding standing) {

    public NodeInfo {
        tags = Map.copyOf(tags);
    }

    public NodeInfo(
            String id,
            Optional<String> name,
            String activationId,
            String role,
            Instant registered,
            Optional<Instant> lastPing,
            boolean connected,
            Optional<NodeReport> report,
            Map<String, String> tags) {
        this(id, name, activationId, role, registered, lastPing, connected, report, tags, NodeStanding.PLAIN);
    }

    /** Whether it is a hybrid node, which tiers gate and count; cloud instances are free of them. */
    public boolean hybrid() {
        return id.startsWith("mi-");
    }

    /** {@code Online} while connected or seen within ten minutes, {@code ConnectionLost} until 30 days, then {@code Inactive}. */
    public String pingStatus(Instant now) {
        if (connected) {
            return "Online";
        }
        return lastPing.map(seen -> status(java.time.Duration.between(seen, now)))
                .orElse("Inactive");
    }

    private static String status(java.time.Duration silence) {
        if (silence.toMinutes() < 10) {
            return "Online";
        }
        return silence.toDays() < 30 ? "ConnectionLost" : "Inactive";
    }
}
