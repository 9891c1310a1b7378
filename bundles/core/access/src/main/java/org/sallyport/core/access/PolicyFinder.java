package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.BuiltInPolicies.BuiltIn;
import org.sallyport.core.access.PolicyTable.Policy;
import org.sallyport.core.access.Principals.PolicyName;

/** Finds managed policies of the server and of this account, by ARN or id. Each method joins the transaction of its connection. */
record PolicyFinder(Principals names) {
    /**
     * A managed policy.
     *
     * @param row empty for one that comes with the server
     */
    record Found(String id, String name, String path, String arn, Optional<Policy> row) {
        boolean builtIn() {
            return row.isEmpty();
        }
    }

    Optional<Found> byArn(Connection connection, String arn) throws SQLException {
        Optional<PolicyName> name = names.policy(arn);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (name.get().builtIn()) {
            return BuiltInPolicies.byName(name.get().name()).map(this::builtIn).filter(found -> found.arn()
                    .equals(arn));
        }
        return PolicyTable.byName(connection, name.get().name()).map(this::own).filter(found -> found.arn()
                .equals(arn));
    }

    Optional<Found> byId(Connection connection, String id) throws SQLException {
        Optional<Found> own = PolicyTable.byId(connection, id).map(this::own);
        return own.isPresent() ? own : BuiltInPolicies.byId(id).map(this::builtIn);
    }

    /** The document of the policy's default version. */
    Optional<String> document(Connection connection, Found found) throws SQLException {
        if (found.builtIn()) {
            return BuiltInPolicies.byId(found.id()).map(BuiltIn::document);
        }
        int wanted = found.row().orElseThrow().defaultVersion();
        return PolicyTable.versions(connection, found.id()).stream()
                .filter(version -> version.number() == wanted)
                .map(PolicyTable.Version::document)
                .findFirst();
    }

    Found builtIn(BuiltIn policy) {
        return new Found(policy.id(), policy.name(), "/", names.builtInArn(policy.name()), Optional.empty());
    }

    Found own(Policy row) {
        String arn =
                names.arn(EntityKind.POLICY, row.entity().path(), row.entity().name());
        return new Found(row.entity().id(), row.entity().name(), row.entity().path(), arn, Optional.of(row));
    }
}
