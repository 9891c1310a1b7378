package org.sallyport.api.iam;

import java.time.Instant;

/**
 * A group.
 *
 * @param id {@code AGPA…}, never given to another one
 * @param path begins and ends with a slash
 */
public record Group(String id, String name, String path, String arn, Instant created) {}
