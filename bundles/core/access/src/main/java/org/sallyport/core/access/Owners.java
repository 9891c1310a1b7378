package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Owner;
import org.sallyport.core.access.PolicyFinder.Found;

/** What users, groups and roles have in common. */
final class Owners {
    private Owners() {}

    /** AWS's word in the name of an action, for instance {@code iam:AttachUserPolicy}. */
    static String word(Owner owner) {
        return switch (owner.kind()) {
            case USER -> "User";
            case GROUP -> "Group";
            case ROLE -> "Role";
            case POLICY, INSTANCE_PROFILE -> throw new IllegalStateException("no owner of policies");
        };
    }

    static void refuseIfItHasPolicies(Connection connection, String ownerId) throws SQLException {
        if (InlineTable.count(connection, ownerId) > 0) {
            throw IamErrors.mustFirst("delete policies");
        }
        if (!AttachmentTable.policiesOf(connection, List.of(ownerId)).isEmpty()) {
            throw IamErrors.mustFirst("detach all policies");
        }
    }

    static Optional<String> boundaryArn(PolicyFinder policies, Connection connection, EntityKind kind, String id)
            throws SQLException {
        Optional<String> policyId = AttachmentTable.boundary(connection, kind, id);
        return policyId.isEmpty()
                ? Optional.empty()
                : policies.byId(connection, policyId.get()).map(Found::arn);
    }
}
