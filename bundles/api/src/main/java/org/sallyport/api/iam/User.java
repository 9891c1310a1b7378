package org.sallyport.api.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user.
 *
 * @param id {@code AIDA…}, never given to another one
 * @param path begins and ends with a slash
 * @param passwordUsed last sign-in with a password; empty when never
 * @param boundary ARN of its permissions boundary
 * @param tags sorted by key
 */
public record User(
        String id,
        String name,
        String path,
        String arn,
        Instant created,
        Optional<Instant> passwordUsed,
        Optional<String> boundary,
        List<Tag> tags) {
    public User {
        tags = List.copyOf(tags);
    }
}
