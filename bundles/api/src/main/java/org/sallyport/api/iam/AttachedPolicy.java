package org.sallyport.api.iam;

/** A managed policy that is attached to something. */
public record AttachedPolicy(String name, String arn) {}
