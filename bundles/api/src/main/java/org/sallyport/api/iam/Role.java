package org.sallyport.api.iam;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A role.
 *
 * @param id {@code AROA…}, never given to another one
 * @param path begins and ends with a slash
 * @param trust its trust policy as stored
 * @param description empty text when it has none
 * @param longestSession 1 to 12 hours
 * @param boundary ARN of its permissions boundary
 * @param tags sorted by key
 */
public record Role(
        String id,
        String name,
        String path,
        String arn,
        Instant created,
        String trust,
        String description,
        Duration longestSession,
        Optional<String> boundary,
        Optional<LastUsed> lastUsed,
        List<Tag> tags) {
    public Role {
        tags = List.copyOf(tags);
    }
}
