package org.sallyport.api.iam;

import java.time.Instant;
import java.util.List;

/**
 * A managed policy.
 *
 * @param id {@code ANPA…}, never given to another one
 * @param arn {@code arn:aws:iam::<account>:policy<path><name>}; {@code aws} instead of the account for one that came with the server
 * @param defaultVersion for instance {@code v3}
 * @param attachments how many users, groups and roles have it
 * @param boundaries how many users and roles it limits
 * @param description empty text when it has none
 * @param tags sorted by key
 */
public record ManagedPolicy(
        String id,
        String name,
        String path,
        String arn,
        String defaultVersion,
        int attachments,
        int boundaries,
        String description,
        Instant created,
        Instant updated,
        List<Tag> tags) {
    public ManagedPolicy {
        tags = List.copyOf(tags);
    }
}
