package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Simulations.Source;
import org.sallyport.core.access.Entitlements.Document;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.InlineTable.Inline;
import org.sallyport.core.access.PolicyFinder.Found;

/** Collects what the rights of a user, a group or a role follow from. Each method joins the transaction of its connection. */
record EntitlementLoader(Principals names, PolicyFinder policies) {
    private static final int MOST_GROUPS = 10;

    /** @param ownerId of a user or a role; anything else does not exist */
    Entitlements load(Connection connection, String ownerId) throws SQLException {
        if (ownerId.startsWith("AROA")) {
            Optional<Entity> role = EntityTable.byId(connection, EntityKind.ROLE, ownerId);
            return role.isEmpty() ? Entitlements.NONE : load(connection, EntityKind.ROLE, role.get());
        }
        Optional<Entity> user = EntityTable.byId(connection, EntityKind.USER, ownerId);
        return user.isEmpty() ? Entitlements.NONE : load(connection, EntityKind.USER, user.get());
    }

    Entitlements load(Connection connection, EntityKind kind, Entity owner) throws SQLException {
        Map<String, Named> owners = new LinkedHashMap<>();
        owners.put(owner.id(), new Named(kind, owner.name()));
        if (kind == EntityKind.USER) {
            for (Entity group : GroupTable.groupsOf(connection, owner.id(), "", MOST_GROUPS)) {
                owners.put(group.id(), new Named(EntityKind.GROUP, group.name()));
            }
        }
        List<String> ids = List.copyOf(owners.keySet());
        Collected identity = new Collected();
        for (Inline inline : InlineTable.of(connection, ids)) {
            identity.add(inline.document(), owners.get(inline.ownerId()).source(inline.name()));
        }
        for (String policyId : AttachmentTable.policiesOf(connection, ids)) {
            managed(connection, policyId, identity);
        }
        Collected boundary = new Collected();
        if (kind != EntityKind.GROUP) {
            Optional<String> limit = AttachmentTable.boundary(connection, kind, owner.id());
            if (limit.isPresent()) {
                managed(connection, limit.get(), boundary);
            }
        }
        return Entitlements.of(
                names.arn(kind, owner.path(), owner.name()),
                owner.name(),
                identity.documents,
                boundary.documents,
                identity.missing || boundary.missing,
                TagTable.of(connection, owner.id()),
                kind == EntityKind.USER ? KeyTables.activeOf(connection, owner.id()) : List.of());
    }

    /** The documents of session policies, which are text or ARNs; empty when one cannot be found. */
    Optional<List<Document>> session(Connection connection, List<String> policyTexts) throws SQLException {
        Collected found = new Collected();
        for (String policy : policyTexts) {
            if (!policy.startsWith("arn:")) {
                found.add(policy, new Source("SessionPolicy", "none"));
                continue;
            }
            Optional<Found> managed = policies.byArn(connection, policy);
            if (managed.isEmpty()) {
                return Optional.empty();
            }
            managed(connection, managed.get().id(), found);
        }
        return found.missing ? Optional.empty() : Optional.of(List.copyOf(found.documents));
    }

    private void managed(Connection connection, String policyId, Collected into) throws SQLException {
        Optional<Found> policy = policies.byId(connection, policyId);
        Optional<String> document = policy.isEmpty() ? Optional.empty() : policies.document(connection, policy.get());
        if (document.isEmpty()) {
            into.missing = true;
            return;
        }
        into.add(
                document.get(),
                new Source(policy.get().name(), policy.get().builtIn() ? "aws-managed" : "user-managed"));
    }

    /** Whose policies in line; AWS names them so in simulations. */
    private record Named(EntityKind kind, String name) {
        Source source(String policyName) {
            String type = kind.name().toLowerCase(Locale.ROOT);
            return new Source(type + "_" + name + "_" + policyName, type);
        }
    }

    private static final class Collected {
        private final List<Document> documents = new ArrayList<>();
        private boolean missing;

        private void add(String text, Source source) {
            documents.add(new Document(text, source));
        }
    }
}
