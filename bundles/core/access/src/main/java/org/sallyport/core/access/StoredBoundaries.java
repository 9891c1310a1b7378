package org.sallyport.core.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Owner;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.IamCore.Target;

/** Permissions boundaries in the store. */
@Component(service = Boundaries.class)
public final class StoredBoundaries implements Boundaries {

    private final IamCore core;

    @Activate
    public StoredBoundaries(@Reference IamCore core) {
        this.core = core;
    }

    @Override
    public void put(Principal caller, Owner owner, String policyArn) {
        Target target = core.require(
                caller, action("Put", owner), owner.kind(), owner.name(), Contexts.boundary(Optional.of(policyArn)));
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            AttachmentTable.setBoundary(
                    connection,
                    owner.kind(),
                    id,
                    core.policy(connection, policyArn).id());
            return null;
        });
    }

    @Override
    public void delete(Principal caller, Owner owner) {
        Map<String, List<String>> context = Contexts.boundary(core.read(connection -> {
            Optional<Entity> found = EntityTable.find(connection, owner.kind(), owner.name());
            return found.isEmpty() || owner.kind() == EntityKind.GROUP
                    ? Optional.empty()
                    : Owners.boundaryArn(
                            core.policies(),
                            connection,
                            owner.kind(),
                            found.get().id());
        }));
        Target target = core.require(caller, action("Delete", owner), owner.kind(), owner.name(), context);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            AttachmentTable.setBoundary(connection, owner.kind(), id, null);
            return null;
        });
    }

    private static String action(String verb, Owner owner) {
        if (owner.kind() == EntityKind.GROUP) {
            throw IamErrors.of(IamError.INVALID_INPUT, "A group has no permissions boundary; set it on its users.");
        }
        return "iam:" + verb + Owners.word(owner) + "PermissionsBoundary";
    }
}
