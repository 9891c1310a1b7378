package org.sallyport.api.iam;

import java.time.Instant;
import java.util.List;

/**
 * An instance profile: how a machine that was not activated comes to a role.
 *
 * @param id {@code AIPA…}, never given to another one
 * @param roles at most one
 * @param tags sorted by key
 */
public record InstanceProfile(
        String id, String name, String path, String arn, Instant created, List<Role> roles, List<Tag> tags) {
    public InstanceProfile {
        roles = List.copyOf(roles);
        tags = List.copyOf(tags);
    }
}
