package org.sallyport.api.iam;

/** What IAM keeps. */
public enum EntityKind {
    USER,
    GROUP,
    ROLE,
    /** Customer managed and AWS managed policies. */
    POLICY,
    INSTANCE_PROFILE
}
