package org.sallyport.api.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A managed node as the inventory shows it.
 *
 * @param id {@code mi-} and 17 hexadecimal digits
 * @param name default name given by its activation
 * @param activationId the activation that admitted it
 * @param role the role it acts with
 * @param lastPing last heartbeat or moment with an open control channel; empty before the first
 * @param connected whether its control channel is open now
 * @param report what it last said of itself; empty before the first heartbeat
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
        Map<String, String> tags) {

    public NodeInfo {
        tags = Map.copyOf(tags);
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
