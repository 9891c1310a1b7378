package org.sallyport.test.e2e;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** The kinds of change that take away the right to a session: who has it at first, and what is changed. */
enum RevocationKind {
    MANAGED_POLICY_VERSION(RevocationWorld::attached, RevocationWorld::anotherDefault),
    MANAGED_POLICY_DETACHED(RevocationWorld::attached, RevocationWorld::detached),
    MANAGED_POLICY_DETACHED_FROM_GROUP(RevocationWorld::member, RevocationWorld::detachedFromGroup),
    INLINE_POLICY_OF_USER(RevocationWorld::allowed, RevocationWorld::otherInline),
    INLINE_POLICY_OF_USER_DELETED(RevocationWorld::allowed, RevocationWorld::withoutInline),
    DENY_BESIDE_ALLOW(RevocationWorld::attached, RevocationWorld::denied),
    INLINE_POLICY_OF_GROUP(RevocationWorld::memberInline, RevocationWorld::otherGroupInline),
    INLINE_POLICY_OF_ROLE(RevocationWorld::role, RevocationWorld::otherRoleInline),
    MEMBER_REMOVED(RevocationWorld::member, RevocationWorld::removed),
    TAG_OF_NODE(RevocationWorld::byNodeTag, RevocationWorld::otherNodeTag),
    TAG_OF_NODE_REMOVED(RevocationWorld::byNodeTag, RevocationWorld::noNodeTag),
    TAG_OF_USER(RevocationWorld::byUserTag, RevocationWorld::otherUserTag),
    TAG_OF_ROLE(RevocationWorld::byRoleTag, RevocationWorld::noRoleTag),
    KEY_DEACTIVATED(RevocationWorld::allowed, RevocationWorld::keyDeactivated),
    KEY_DELETED(RevocationWorld::allowed, RevocationWorld::keyDeleted),
    USER_DELETED(RevocationWorld::member, RevocationWorld::userDeleted),
    ROLE_DELETED(RevocationWorld::role, RevocationWorld::roleDeleted),
    ROLE_OF_SESSION_WITH_SESSION_POLICY(RevocationWorld::roleWithSessionPolicy, RevocationWorld::otherRoleInline),
    SESSION_POLICY_BY_ARN(RevocationWorld::roleWithManagedSessionPolicy, RevocationWorld::anotherDefault),
    OLDER_SESSIONS_OF_ROLE(RevocationWorld::role, RevocationWorld::olderSessionsRevoked),
    BOUNDARY_OF_USER(RevocationWorld::allowed, RevocationWorld::bounded),
    BOUNDARY_OF_ROLE(RevocationWorld::role, RevocationWorld::roleBounded),
    BOUNDARY_CHANGED(RevocationWorld::allowedInBounds, RevocationWorld::anotherDefault),
    SESSION_TOKEN(RevocationWorld::sessionToken, RevocationWorld::withoutInline);

    private final BiFunction<RevocationWorld, String, AwsCredentials> setUp;
    private final BiConsumer<RevocationWorld, String> change;

    RevocationKind(
            BiFunction<RevocationWorld, String, AwsCredentials> setUp, BiConsumer<RevocationWorld, String> change) {
        this.setUp = setUp;
        this.change = change;
    }

    /** Somebody who may start a session. */
    AwsCredentials setUp(RevocationWorld world) {
        return setUp.apply(world, name());
    }

    /** Takes that away, and says when it was done. */
    Instant change(RevocationWorld world) {
        change.accept(world, name());
        return Instant.now();
    }
}
