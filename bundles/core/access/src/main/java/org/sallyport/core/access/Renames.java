package org.sallyport.core.access;

import java.util.Map;
import java.util.Optional;
import org.sallyport.api.access.Principal;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.IamCore.Target;

/** Gives users and groups another name or path. Their ids stay, and what hangs on them. */
record Renames(IamCore core) {
    /** The right on the new ARN; the one on the old ARN was decided before. */
    void decide(Principal caller, String action, Target target, Optional<String> newName, Optional<String> newPath) {
        if (newName.isEmpty() && newPath.isEmpty()) {
            return;
        }
        String path = newPath.orElseGet(
                () -> core.read(connection -> EntityTable.find(connection, target.kind(), target.name()))
                        .map(Entity::path)
                        .orElse("/"));
        String name = newName.orElse(target.name());
        core.requireNew(caller, action, core.names().arn(target.kind(), path, name), Map.of());
    }

    void rename(Target target, Optional<String> newName, Optional<String> newPath) {
        core.change(connection -> {
            Entity entity = core.entity(connection, target);
            String name = newName.orElse(entity.name());
            boolean sameKey = EntityTable.key(name).equals(EntityTable.key(entity.name()));
            if (!sameKey && EntityTable.taken(connection, target.kind(), name)) {
                throw IamErrors.exists(target.kind(), name);
            }
            EntityTable.rename(connection, target.kind(), entity.id(), name, newPath.orElse(entity.path()));
            return null;
        });
    }
}
