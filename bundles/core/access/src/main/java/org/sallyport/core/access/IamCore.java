package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Tag;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.kernel.store.Transactions.Work;

/**
 * What all services of IAM do alike: ask the decision point on the ARN of what is named, then read or change.
 *
 * <p>An ARN has a path that only the store knows, and conditions ask for tags, so both are looked up for the decision; the text of a refusal
 * holds nothing but what the caller gave, and is the same whether or not the thing exists.
 */
@Component(service = IamCore.class)
public final class IamCore {
    private final Transactions transactions;
    private final DecisionPoint decisions;
    private final Principals names;
    private final PolicyFinder policies;
    private final Clock clock;

    /**
     * What a decision was asked on. The change that follows is made only to this very thing.
     *
     * @param id empty when it did not exist
     */
    record Target(EntityKind kind, String name, Optional<String> id) {}

    @Activate
    public IamCore(
            @Reference Transactions transactions,
            @Reference DecisionPoint decisions,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, decisions, Principals.of(address), Clock.systemUTC());
    }

    IamCore(Transactions transactions, DecisionPoint decisions, Principals names, Clock clock) {
        this.transactions = transactions;
        this.decisions = decisions;
        this.names = names;
        this.policies = new PolicyFinder(names);
        this.clock = clock;
    }

    Principals names() {
        return names;
    }

    PolicyFinder policies() {
        return policies;
    }

    /** Whole milliseconds, as rows keep them. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    <T> T read(Work<T> work) {
        return transactions.run(work);
    }

    /** Changes go one after the other, so what one counts or finds absent stays so until it is done. */
    <T> T change(Work<T> work) {
        return transactions.run(connection -> {
            Versions.change(connection);
            return work.with(connection);
        });
    }

    /** For actions on no resource, such as lists. */
    void require(Principal caller, String action) {
        decisions.require(new AccessRequest(caller, action, "*"));
    }

    /** For something that is to be made, with the path that it is to have. */
    void requireNew(Principal caller, String action, String arn, Map<String, List<String>> context) {
        decisions.require(new AccessRequest(caller, action, arn, context));
    }

    Target require(Principal caller, String action, EntityKind kind, String name) {
        return require(caller, action, kind, name, Map.of());
    }

    Target require(Principal caller, String action, EntityKind kind, String name, Map<String, List<String>> context) {
        record Known(Optional<Entity> entity, List<Tag> tags) {}
        Known known = read(connection -> {
            Optional<Entity> found = EntityTable.find(connection, kind, name);
            return new Known(
                    found,
                    found.isPresent() ? TagTable.of(connection, found.get().id()) : List.of());
        });
        String arn = names.arn(kind, known.entity().map(Entity::path).orElse("/"), name);
        Map<String, List<String>> all = new HashMap<>(context);
        all.putAll(Contexts.resourceTags(known.tags()));
        decisions.require(new AccessRequest(caller, action, arn, all), names.arn(kind, "/", name));
        return new Target(kind, name, known.entity().map(Entity::id));
    }

    /** A policy is named by its ARN, path and all. */
    void requirePolicy(Principal caller, String action, String arn, Map<String, List<String>> context) {
        List<Tag> tags = read(connection -> {
            Optional<PolicyFinder.Found> found = policies.byArn(connection, arn);
            return found.isPresent() ? TagTable.of(connection, found.get().id()) : List.of();
        });
        Map<String, List<String>> all = new HashMap<>(context);
        all.putAll(Contexts.resourceTags(tags));
        decisions.require(new AccessRequest(caller, action, arn, all));
    }

    /** The row of what was decided on. */
    Entity entity(Connection connection, Target target) throws SQLException {
        return EntityTable.find(connection, target.kind(), target.name())
                .filter(found -> target.id().filter(found.id()::equals).isPresent())
                .orElseThrow(() -> IamErrors.absent(target.kind(), target.name()));
    }

    /** The policy of an ARN, which may be one of the server's. */
    PolicyFinder.Found policy(Connection connection, String arn) throws SQLException {
        if (names.policy(arn).isEmpty()) {
            throw IamErrors.of(IamError.INVALID_INPUT, "ARN %s is not valid.".formatted(arn));
        }
        return policies.byArn(connection, arn).orElseThrow(() -> IamErrors.absent(EntityKind.POLICY, arn));
    }

    /** The name of the user that a caller is, for calls that name none. */
    String ownName(Principal caller) {
        if (caller.type() != PrincipalType.USER) {
            throw IamErrors.invalid("Must specify userName when calling with non-User credentials");
        }
        return read(connection -> EntityTable.byId(connection, EntityKind.USER, caller.id()))
                .map(Entity::name)
                .orElseThrow(() -> IamErrors.absent(EntityKind.USER, caller.name()));
    }
}
