package org.sallyport.spi.access;

/** Where a policy comes from, which says how it counts. */
public enum PolicyLayer {
    /** Attached to the principal, to its groups or to the role of its session: allows. */
    IDENTITY,
    /** The principal's permissions boundary: limits what the identity's policies allow. */
    BOUNDARY,
    /** Given when the role was assumed: limits like a boundary. */
    SESSION,
    /** The trust policy of the role that is to be assumed: must allow as well. */
    TRUST,
    /** A policy on another resource. */
    RESOURCE
}
