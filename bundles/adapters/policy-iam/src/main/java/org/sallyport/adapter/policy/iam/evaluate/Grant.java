package org.sallyport.adapter.policy.iam.evaluate;

/** How a policy on a resource names who asks; a later one says more. */
public enum Grant {
    /** Not at all. */
    NONE,
    /** By the account: the identity's own policies must allow as well. */
    ACCOUNT,
    /** By the role of a session: boundary and session policies limit it. */
    ROLE,
    /** By the user, the session, the service, or as everybody: nothing but an explicit deny limits it. */
    DIRECT
}
