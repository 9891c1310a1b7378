package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Tag;
import org.sallyport.core.access.EntityTable.Entity;

/** Something that is to be made, checked and inserted as all kinds are. */
record NewEntity(EntityKind kind, String id, String name, String path, List<Tag> tags) {
    void check() {
        IamTexts.name(kind, name);
        IamTexts.path(path);
        IamTexts.tags(tags);
        if (tags.size() > IamTexts.MOST_TAGS) {
            throw IamErrors.quota("TagsPer" + title(), IamTexts.MOST_TAGS);
        }
    }

    /** Inserts row and tags. Inside of a change, so what is counted stays. */
    Entity insert(Connection connection, Instant now, int most) throws SQLException {
        checkFree(connection, most);
        Entity entity = new Entity(id, name, path, now);
        EntityTable.insert(connection, kind, entity);
        putTags(connection);
        return entity;
    }

    void checkFree(Connection connection, int most) throws SQLException {
        if (EntityTable.taken(connection, kind, name)) {
            throw IamErrors.exists(kind, name);
        }
        if (EntityTable.count(connection, kind) >= most) {
            throw IamErrors.quota(plural() + "PerAccount", most);
        }
    }

    void putTags(Connection connection) throws SQLException {
        for (Tag tag : tags) {
            TagTable.put(connection, id, tag);
        }
    }

    private String title() {
        return switch (kind) {
            case USER -> "User";
            case GROUP -> "Group";
            case ROLE -> "Role";
            case POLICY -> "Policy";
            case INSTANCE_PROFILE -> "InstanceProfile";
        };
    }

    private String plural() {
        return kind == EntityKind.POLICY ? "Policies" : title() + "s";
    }
}
