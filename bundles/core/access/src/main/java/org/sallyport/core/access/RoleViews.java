package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Tag;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.RoleTable.Whole;

/** Turns rows of roles into what callers see. Each method joins the transaction of its connection. */
record RoleViews(Principals names, PolicyFinder policies) {
    Role whole(Connection connection, Whole row) throws SQLException {
        String id = row.entity().id();
        return view(
                row,
                Owners.boundaryArn(policies, connection, EntityKind.ROLE, id),
                row.used(),
                TagTable.of(connection, id));
    }

    /** As lists show it. */
    Role brief(Whole row) {
        return view(row, Optional.empty(), Optional.empty(), List.of());
    }

    private Role view(Whole row, Optional<String> boundary, Optional<LastUsed> used, List<Tag> tags) {
        Entity entity = row.entity();
        return new Role(
                entity.id(),
                entity.name(),
                entity.path(),
                names.arn(EntityKind.ROLE, entity.path(), entity.name()),
                entity.created(),
                row.trust(),
                row.description(),
                row.longest(),
                boundary,
                used,
                tags);
    }
}
