package org.sallyport.api.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A hybrid activation, without its code.
 *
 * @param id UUID text
 * @param description at most 256 characters, may be empty
 * @param defaultInstanceName name that nodes of it get, at most 256 characters
 * @param role name of the role that nodes act with
 * @param limit most registrations, 1 to 1000
 * @param registrations how many there were
 * @param expires end of its life, at most 30 days after {@code created}
 * @param tags tags that nodes of it get
 * @param options what it asks beyond its code
 */
public record Activation(
        String id,
        String description,
        Optional<String> defaultInstanceName,
        String role,
        int limit,
        int registrations,
        Instant created,
        Instant expires,
        Map<String, String> tags,
        ActivationOptions options) {

    public Activation {
        tags = Map.copyOf(tags);
    }

    public Activation(
            String id,
            String description,
            Optional<String> defaultInstanceName,
            String role,
            int limit,
            int registrations,
            Instant created,
            Instant expires,
            Map<String, String> tags) {
        this(
                id,
                description,
                defaultInstanceName,
                role,
                limit,
                registrations,
                created,
                expires,
                tags,
                ActivationOptions.NONE);
    }

    /** Whether it is over at that time. */
    public boolean expiredAt(Instant now) {
        return !now.isBefore(expires);
    }
}
