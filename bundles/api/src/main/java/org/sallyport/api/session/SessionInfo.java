package org.sallyport.api.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as lists show it.
 *
 * @param id {@code <name>-<17 hexadecimal digits>}, at most 96 characters
 * @param ownerId immutable id of the principal that started it
 * @param ownerArn its ARN
 * @param reason as given, at most 256 characters, hostile text
 * @param detail text that goes with the cause, for people
 */
public record SessionInfo(
        String id,
        String target,
        String documentName,
        String ownerId,
        String ownerArn,
        Optional<String> reason,
        SessionState state,
        Instant started,
        Optional<Instant> ended,
        Optional<EndCause> cause,
        Optional<String> detail) {}
