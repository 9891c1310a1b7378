package org.sallyport.api.iam;

import java.time.Instant;

/**
 * A version of a managed policy.
 *
 * @param id {@code v1}, {@code v2}, …; numbers are never used again
 * @param document JSON text as it was given
 */
public record PolicyVersion(String id, String document, boolean isDefault, Instant created) {}
