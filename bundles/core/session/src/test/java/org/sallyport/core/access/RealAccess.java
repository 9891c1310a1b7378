package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.adapter.policy.iam.IamPolicyLanguage;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.iam.Attachments;
import org.sallyport.api.iam.Boundaries;
import org.sallyport.api.iam.Groups;
import org.sallyport.api.iam.InlinePolicies;
import org.sallyport.api.iam.ManagedPolicies;
import org.sallyport.api.iam.Role;
import org.sallyport.api.iam.Roles;
import org.sallyport.api.iam.Tags;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.api.iam.Users;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.node.NodeTags;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;

/** The real core/access and policy adapter on a store that has its tables, with an administrator. */
public final class RealAccess implements AutoCloseable {
    private final Principals names;
    private final PolicyDecisionPoint decisions;
    private final DocumentChecks documents = new DocumentChecks();
    private final IamCore core;
    private final LiveAccess live;
    private final Principal admin;

    public RealAccess(Transactions store, ServerAddress address, NodeTags tags, Clock clock) {
        names = Principals.of(address);
        decisions = new PolicyDecisionPoint(store, names, clock, Duration.ofSeconds(30));
        decisions.nodeTags = tags;
        decisions.bindAuthorizer(new IamAuthorizer());
        documents.bindLanguage(new IamPolicyLanguage());
        core = new IamCore(store, decisions, names, clock);
        live = new StoredLiveAccess(store, decisions);
        AccessTables.User row = new AccessTables.User("AIDAADMIN", "admin", "/");
        store.run(connection -> {
            AccessTables.insertUser(connection, row, Instant.EPOCH);
            AttachmentTable.attach(connection, row.id(), BuiltInPolicies.ADMINISTRATOR.id());
            return null;
        });
        admin = names.user(row);
    }

    public Principal admin() {
        return admin;
    }

    public Principal signed(User user, String keyId) {
        return names.user(new AccessTables.User(user.id(), user.name(), user.path()))
                .with(Credential.key(keyId));
    }

    /** As after GetSessionToken. */
    public Principal withSessionToken(User user) {
        return signed(user, "").with(temporary(List.of()));
    }

    /** As after AssumeRole. */
    public Principal roleSession(Role role, String sessionName, List<String> sessionPolicies) {
        return names.roleSession(new AccessTables.Role(role.id(), role.name(), role.path()), sessionName)
                .with(temporary(sessionPolicies));
    }

    /** Over for long: that takes nothing away from what began with it. */
    private static Credential temporary(List<String> sessionPolicies) {
        Credential plain = Credential.session(
                Optional.of(UniqueIds.temporaryKey()), Instant.EPOCH, Optional.of(Instant.EPOCH), Optional.empty());
        return new Credential(
                plain.keyId(),
                plain.issued(),
                plain.expires(),
                plain.secondFactor(),
                plain.tags(),
                plain.transitive(),
                plain.sourceIdentity(),
                plain.provider(),
                sessionPolicies,
                false);
    }

    /** Makes an access key and says its id. */
    public String key(String userName) {
        return keys().create(admin, Optional.of(userName)).key().accessKeyId();
    }

    /** All that a user has. */
    public void deleteKeys(String userName) {
        Optional<String> user = Optional.of(userName);
        keys().list(admin, user, PageRequest.first(2)).items().forEach(key -> keys().delete(
                        admin, user, key.accessKeyId()));
    }

    public DecisionPoint decisions() {
        return decisions;
    }

    public LiveAccess live() {
        return live;
    }

    public Users users() {
        return new StoredUsers(core);
    }

    public Groups groups() {
        return new StoredGroups(core);
    }

    public ManagedPolicies policies() {
        return new StoredPolicies(core, documents);
    }

    public InlinePolicies inline() {
        return new StoredInlinePolicies(core, documents);
    }

    public Attachments attachments() {
        return new StoredAttachments(core);
    }

    public Boundaries boundaries() {
        return new StoredBoundaries(core);
    }

    public Roles roles() {
        return new StoredRoles(core, documents);
    }

    public Tags tags() {
        return new StoredTags(core);
    }

    public UserKeys keys() {
        return new StoredUserKeys(core, new OpenSecrets());
    }

    @Override
    public void close() {
        decisions.deactivate();
        documents.deactivate();
    }

    /** Secrets that nobody reads here. */
    private static final class OpenSecrets implements Secrets {
        @Override
        public byte[] seal(String row, byte[] secret) {
            return secret;
        }

        @Override
        public byte[] open(String row, byte[] envelope) {
            return envelope;
        }
    }
}
