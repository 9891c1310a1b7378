package org.sallyport.spi.access;

import java.util.OptionalInt;

/**
 * What a policy document is for; IAM's rules and quotas differ. Quotas are in characters without white space.
 *
 * @see "IAM user guide, IAM and AWS STS quotas"
 */
public enum PolicyKind {
    /** A managed policy: at most 6,144, and of the version 2012-10-17. Also what limits a principal as its boundary. */
    MANAGED(6_144),
    /** In line in a user: all of a user's together at most 2,048. */
    USER_INLINE(2_048),
    /** In line in a group: all of a group's together at most 5,120. */
    GROUP_INLINE(5_120),
    /** In line in a role: all of a role's together at most 10,240. */
    ROLE_INLINE(10_240),
    /** Who may assume a role: names principals and no resources, at most 2,048. */
    TRUST(2_048),
    /** Given when a role is assumed: at most 2,048. */
    SESSION(2_048),
    /** On a resource that is not a role: names principals and resources. Known to simulations only. */
    RESOURCE(0),
    /** Given to a simulation, or to a decision whatever it was stored as. */
    INPUT(0);

    private final int quota;

    PolicyKind(int quota) {
        this.quota = quota;
    }

    /** The most characters without white space; empty when only the bound of the API counts. */
    public OptionalInt quota() {
        return quota == 0 ? OptionalInt.empty() : OptionalInt.of(quota);
    }
}
