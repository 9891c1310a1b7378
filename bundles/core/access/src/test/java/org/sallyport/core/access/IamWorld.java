package org.sallyport.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.adapter.policy.iam.IamAuthorizer;
import org.sallyport.adapter.policy.iam.IamPolicyLanguage;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.User;
import org.sallyport.api.iam.Users.NewUser;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

/** All of IAM on a real store with the real policy adapter, and an administrator. */
final class IamWorld implements AutoCloseable {
    static final String ACCOUNT = "123456789012";
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
    static final String CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    static final String TRUST_SSM =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ssm.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    final SettableClock clock = new SettableClock(NOW);
    final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    final SetTags nodeTags = new SetTags();
    final AesSecrets secrets = new AesSecrets();
    final Principals names = new Principals(ACCOUNT, "onprem-1");
    final PolicyDecisionPoint decisions = new PolicyDecisionPoint(store, names, clock, Duration.ofSeconds(30));
    final DocumentChecks documents = new DocumentChecks();
    final IamCore core = new IamCore(store, decisions, names, clock);
    final StoredUsers users = new StoredUsers(core);
    final StoredGroups groups = new StoredGroups(core);
    final StoredRoles roles = new StoredRoles(core, documents);
    final StoredProfiles profiles = new StoredProfiles(core);
    final StoredPolicies policies = new StoredPolicies(core, documents);
    final StoredAttachments attachments = new StoredAttachments(core);
    final StoredInlinePolicies inline = new StoredInlinePolicies(core, documents);
    final StoredBoundaries boundaries = new StoredBoundaries(core);
    final StoredTags tags = new StoredTags(core);
    final StoredUserKeys keys = new StoredUserKeys(core, secrets);
    final StoredSimulations simulations = new StoredSimulations(core, decisions, documents);
    final StoredPolicyReviews reviews = new StoredPolicyReviews(core, documents);
    final StoredDecisions denials = new StoredDecisions(store, decisions, names);
    final StoredLiveAccess live = new StoredLiveAccess(store, decisions);
    final StoredNodeRoles nodeRoles = new StoredNodeRoles(store, decisions, names);
    final StoredSecondFactors factors = new StoredSecondFactors(store, secrets, core, clock);
    final WebIdentities identities = new WebIdentities();
    final StoredRoleSessions sessions = new StoredRoleSessions(
            store, decisions, documents, factors, identities, new KeyEnvelopes(secrets), names, clock);
    final Principal admin = names.user(new AccessTables.User("AIDAADMIN", "admin", "/"));

    IamWorld() {
        decisions.nodeTags = nodeTags;
        decisions.bindAuthorizer(new IamAuthorizer());
        documents.bindLanguage(new IamPolicyLanguage());
        store.run(connection -> {
            AccessTables.insertUser(connection, new AccessTables.User("AIDAADMIN", "admin", "/"), NOW);
            AttachmentTable.attach(connection, "AIDAADMIN", BuiltInPolicies.ADMINISTRATOR.id());
            return null;
        });
    }

    /** A new user without rights. */
    Principal user(String name) {
        User made = users.create(admin, NewUser.named(name));
        return names.user(new AccessTables.User(made.id(), made.name(), made.path()));
    }

    /** A user with one policy in line. */
    Principal user(String name, String document) {
        Principal made = user(name);
        inline.put(admin, Owner.user(name), "own", document);
        return made;
    }

    /** A session of a role, as request verification would make it. */
    Principal session(String roleName, String sessionName, Credential credential) {
        EntityTable.Entity row = store.run(
                        connection -> EntityTable.find(connection, org.sallyport.api.iam.EntityKind.ROLE, roleName))
                .orElseThrow();
        return names.roleSession(new Role(row.id(), row.name(), row.path()), sessionName)
                .with(credential);
    }

    static String allow(String action, String resource) {
        return statement("Allow", action, resource, "");
    }

    static String deny(String action, String resource) {
        return statement("Deny", action, resource, "");
    }

    /** @param condition JSON of the element's value */
    static String allowIf(String action, String resource, String condition) {
        return statement("Allow", action, resource, ",\"Condition\":" + condition);
    }

    static String trusting(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":[\"sts:AssumeRole\",\"sts:AssumeRoleWithWebIdentity\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]}]}";
    }

    private static String statement(String effect, String action, String resource, String more) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"" + more + "}]}";
    }

    static Optional<String> none() {
        return Optional.empty();
    }

    @Override
    public void close() {
        decisions.deactivate();
        documents.deactivate();
        identities.deactivate();
        store.close();
    }
}
