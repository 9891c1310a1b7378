package org.sallyport.api.iam;

/**
 * Who has policies: a user, a group or a role.
 *
 * @param kind {@code USER}, {@code GROUP} or {@code ROLE}
 * @param name its friendly name, as the caller gave it
 */
public record Owner(EntityKind kind, String name) {
    public Owner {
        if (kind == EntityKind.POLICY || kind == EntityKind.INSTANCE_PROFILE) {
            throw new IllegalArgumentException(kind + " has no policies");
        }
    }

    /** A user. */
    public static Owner user(String name) {
        return new Owner(EntityKind.USER, name);
    }

    /** A group. */
    public static Owner group(String name) {
        return new Owner(EntityKind.GROUP, name);
    }

    /** A role. */
    public static Owner role(String name) {
        return new Owner(EntityKind.ROLE, name);
    }
}
