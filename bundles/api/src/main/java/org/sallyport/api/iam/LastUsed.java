package org.sallyport.api.iam;

import java.time.Instant;

/** When something signed last, to the minute, and for what. */
public record LastUsed(Instant at, String service, String region) {}
