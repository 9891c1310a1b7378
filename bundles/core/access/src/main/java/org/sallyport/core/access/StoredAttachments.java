package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.AttachedPolicy;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Listed;
import org.sallyport.api.iam.ManagedPolicies.Usage;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.page.Page;
import org.sallyport.core.access.IamCore.Target;
import org.sallyport.core.access.PolicyFinder.Found;

/** Attachments in the store. */
@Component(service = Attachments.class)
public final class StoredAttachments implements Attachments {

    static final int MOST = 10;
    private static final List<EntityKind> ORDER = List.of(EntityKind.GROUP, EntityKind.ROLE, EntityKind.USER);
    private final IamCore core;

    @Activate
    public StoredAttachments(@Reference IamCore core) {
        this.core = core;
    }

    @Override
    public void attach(Principal caller, Owner owner, String policyArn) {
        Target target = require(caller, "iam:Attach", owner, policyArn);
        checkArn(policyArn);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            String policy = core.policies()
                    .byArn(connection, policyArn)
                    .orElseThrow(() -> IamErrors.of(
                            IamError.NO_SUCH_ENTITY,
                            "Policy %s does not exist or is not attachable.".formatted(policyArn)))
                    .id();
            if (AttachmentTable.attached(connection, id, policy)) {
                return null;
            }
            if (AttachmentTable.policiesOf(connection, List.of(id)).size() >= MOST) {
                throw IamErrors.quota("PoliciesPer" + Owners.word(owner), MOST);
            }
            AttachmentTable.attach(connection, id, policy);
            return null;
        });
    }

    @Override
    public void detach(Principal caller, Owner owner, String policyArn) {
        Target target = require(caller, "iam:Detach", owner, policyArn);
        checkArn(policyArn);
        core.change(connection -> {
            String id = core.entity(connection, target).id();
            Optional<Found> policy = core.policies().byArn(connection, policyArn);
            if (policy.isEmpty()
                    || AttachmentTable.detach(connection, id, policy.get().id()) == 0) {
                throw IamErrors.absent(EntityKind.POLICY, policyArn);
            }
            return null;
        });
    }

    @Override
    public Page<AttachedPolicy> list(Principal caller, Owner owner, Listed listed) {
        Target target =
                core.require(caller, "iam:ListAttached" + Owners.word(owner) + "Policies", owner.kind(), owner.name());
        IamTexts.pathPrefix(listed.pathPrefix());
        List<Found> all = core.read(connection -> {
            List<Found> found = new ArrayList<>();
            for (String id : AttachmentTable.policiesOf(
                    connection, List.of(core.entity(connection, target).id()))) {
                core.policies()
                        .byId(connection, id)
                        .filter(policy -> policy.path().startsWith(listed.pathPrefix()))
                        .ifPresent(found::add);
            }
            return found;
        });
        List<Found> sorted = all.stream()
                .sorted(Comparator.comparing(StoredAttachments::key))
                .toList();
        return Markers.cut(
                sorted,
                listed.page(),
                StoredAttachments::key,
                policy -> new AttachedPolicy(policy.name(), policy.arn()));
    }

    @Override
    public Page<Entity> entities(Principal caller, Used used) {
        core.requirePolicy(caller, "iam:ListEntitiesForPolicy", used.policyArn(), Map.of());
        IamTexts.pathPrefix(used.listed().pathPrefix());
        List<Entity> all = core.read(connection -> {
            String policy = core.policy(connection, used.policyArn()).id();
            List<Entity> found = new ArrayList<>();
            for (EntityKind kind : ORDER) {
                if (used.kind().filter(wanted -> wanted != kind).isEmpty()) {
                    rows(connection, kind, policy, used).stream()
                            .map(row -> new Entity(kind, row.name(), row.id()))
                            .forEach(found::add);
                }
            }
            return found;
        });
        return Markers.cut(
                all,
                used.listed().page(),
                entity -> ORDER.indexOf(entity.kind()) + EntityTable.key(entity.name()),
                entity -> entity);
    }

    private static List<EntityTable.Entity> rows(Connection connection, EntityKind kind, String policy, Used used)
            throws SQLException {
        String prefix = used.listed().pathPrefix();
        boolean permissions =
                used.usage().filter(usage -> usage == Usage.BOUNDARY).isEmpty();
        boolean limits =
                used.usage().filter(usage -> usage == Usage.PERMISSIONS).isEmpty() && kind != EntityKind.GROUP;
        Map<String, EntityTable.Entity> byKey = new TreeMap<>();
        if (permissions) {
            AttachmentTable.having(connection, kind, policy, prefix)
                    .forEach(row -> byKey.put(EntityTable.key(row.name()), row));
        }
        if (limits) {
            AttachmentTable.limited(connection, kind, policy, prefix)
                    .forEach(row -> byKey.put(EntityTable.key(row.name()), row));
        }
        return List.copyOf(byKey.values());
    }

    private Target require(Principal caller, String verb, Owner owner, String policyArn) {
        return core.require(
                caller,
                verb + Owners.word(owner) + "Policy",
                owner.kind(),
                owner.name(),
                Contexts.policyArn(policyArn));
    }

    private void checkArn(String arn) {
        if (core.names().policy(arn).isEmpty()) {
            throw IamErrors.of(IamError.INVALID_INPUT, "ARN %s is not valid.".formatted(arn));
        }
    }

    private static String key(Found policy) {
        return EntityTable.key(policy.name()) + " " + policy.arn();
    }
}
