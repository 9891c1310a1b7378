package org.sallyport.api.iam;

import java.time.Instant;

/** An access key of a user, without its secret. */
public record UserKey(String userName, String accessKeyId, boolean active, Instant created) {}
