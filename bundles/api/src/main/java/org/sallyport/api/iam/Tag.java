package org.sallyport.api.iam;

/** A tag. Keys of one thing differ when compared without case. At most 50 for each thing. */
public record Tag(String key, String value) {}
