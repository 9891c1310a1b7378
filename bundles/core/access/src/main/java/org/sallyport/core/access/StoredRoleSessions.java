package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Tag;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.RoleTable.Whole;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.identity.WebIdentityVerifier.WebIdentity;

/** Temporary credentials of roles and users, decided by policies and trust policies. */
@Component(service = RoleSessions.class)
public final class StoredRoleSessions implements RoleSessions {
    private static final Duration LONGEST_USER = Duration.ofHours(36);

    /** For a role that is not there: decided like any other, with the same outcome for everybody. */
    private static final String NOBODY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:*\"}]}";

    private final Transactions transactions;
    private final PolicyDecisionPoint decisions;
    private final DocumentChecks documents;
    private final StoredSecondFactors factors;
    private final WebIdentities identities;
    private final Principals names;
    private final SessionCredentials credentials;
    private final Clock clock;

    @Activate
    public StoredRoleSessions(
            @Reference Transactions transactions,
            @Reference PolicyDecisionPoint decisions,
            @Reference DocumentChecks documents,
            @Reference StoredSecondFactors factors,
            @Reference WebIdentities identities,
            @Reference Secrets secrets,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(
                transactions,
                decisions,
                documents,
                factors,
                identities,
                new KeyEnvelopes(secrets),
                Principals.of(address),
                Clock.systemUTC());
    }

    StoredRoleSessions(
            Transactions transactions,
            PolicyDecisionPoint decisions,
            DocumentChecks documents,
            StoredSecondFactors factors,
            WebIdentities identities,
            KeyEnvelopes envelopes,
            Principals names,
            Clock clock) {
        this.transactions = transactions;
        this.decisions = decisions;
        this.documents = documents;
        this.factors = factors;
        this.identities = identities;
        this.names = names;
        this.credentials = new SessionCredentials(transactions, envelopes);
        this.clock = clock;
    }

    @Override
    public Assumed assumeRole(Principal caller, RoleWanted wanted) {
        SessionRules.checkName(wanted.sessionName());
        Principal asking = wanted.code().map(code -> proven(caller, code)).orElse(caller);
        Scope scope = wanted.scope();
        Optional<String> identity = SessionRules.sourceIdentity(caller.credential(), scope);
        SessionScope session = SessionScope.of(scope, caller.credential(), documents);
        Map<String, List<String>> context = new HashMap<>(Contexts.requestTags(scope.tags()));
        context.put("sts:RoleSessionName", List.of(wanted.sessionName()));
        wanted.externalId().ifPresent(id -> context.put("sts:ExternalId", List.of(id)));
        if (!scope.transitive().isEmpty()) {
            context.put("sts:TransitiveTagKeys", scope.transitive());
        }
        identity.ifPresent(text -> context.put("sts:SourceIdentity", List.of(text)));
        Optional<Target> role = find(wanted.roleArn());
        Question question = new Question(asking, wanted.roleArn(), role, context);
        question.require("sts:AssumeRole");
        if (!session.tags().isEmpty()) {
            question.require("sts:TagSession");
        }
        if (identity.isPresent()) {
            question.require("sts:SetSourceIdentity");
        }
        Whole row = role.orElseThrow().row();
        boolean chained = caller.type() == PrincipalType.ROLE;
        Duration lifetime = SessionRules.lifetime(wanted.lifetime(), row, chained);
        return assumed(row, wanted.sessionName(), session, identity, Optional.empty(), lifetime);
    }

    @Override
    public WebAssumed assumeRoleWithWebIdentity(Origin origin, WebRoleWanted wanted) {
        SessionRules.checkName(wanted.sessionName());
        WebIdentities.Shown shown = identities.verify(wanted.token(), clock);
        WebIdentity identity = shown.identity();
        String provider = "arn:aws:iam::" + names.accountId() + ":oidc-provider/" + shown.provider();
        List<Tag> tags = identity.tags().entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
        Scope scope = new Scope(wanted.policy(), wanted.policyArns(), tags, List.of(), Optional.empty());
        SessionScope session = SessionScope.of(scope, Credential.NONE, documents);
        Map<String, List<String>> context = new HashMap<>(Contexts.requestTags(tags));
        identity.claims().forEach((name, values) -> context.put(shown.provider() + ":" + name, values));
        context.put(shown.provider() + ":sub", List.of(identity.subject()));
        context.put(shown.provider() + ":aud", List.of(identity.audience()));
        context.put("sts:RoleSessionName", List.of(wanted.sessionName()));
        Principal asking = webIdentity(shown, provider).from(origin);
        Optional<Target> role = find(wanted.roleArn());
        Question question = new Question(asking, wanted.roleArn(), role, context);
        question.require("sts:AssumeRoleWithWebIdentity");
        if (!tags.isEmpty()) {
            question.require("sts:TagSession");
        }
        Whole row = role.orElseThrow().row();
        Duration lifetime = SessionRules.lifetime(wanted.lifetime(), row, false);
        Assumed assumed =
                assumed(row, wanted.sessionName(), session, Optional.empty(), Optional.of(provider), lifetime);
        return new WebAssumed(assumed, identity.subject(), identity.audience(), provider);
    }

    @Override
    public TemporaryCredentials sessionToken(Principal caller, Optional<Duration> lifetime, Optional<Code> code) {
        boolean longLived = caller.type() == PrincipalType.USER
                && !caller.credential().temporary()
                && caller.credential().keyId().isPresent();
        if (!longLived) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED, "Cannot call GetSessionToken with session credentials");
        }
        Duration wanted = lifetime.orElse(USER_DEFAULT);
        SessionRules.checkRange(wanted, LONGEST_USER);
        Optional<Instant> second =
                code.flatMap(given -> proven(caller, given).credential().secondFactor());
        Credential facts = new Credential(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                second,
                Map.of(),
                Set.of(),
                caller.credential().sourceIdentity(),
                Optional.empty(),
                List.of(),
                second.isEmpty());
        return credentials
                .issue(caller.id(), caller.name(), facts, now(), wanted)
                .credentials();
    }

    /** A role with its tags. */
    private record Target(Whole row, List<Tag> tags) {}

    /** What is asked of caller and role. */
    private final class Question {
        private final Principal asking;
        private final String roleArn;
        private final Optional<Target> role;
        private final Map<String, List<String>> context;

        Question(Principal asking, String roleArn, Optional<Target> role, Map<String, List<String>> context) {
            this.asking = asking;
            this.roleArn = roleArn;
            this.role = role;
            this.context = Contexts.both(
                    context, Contexts.resourceTags(role.map(Target::tags).orElse(List.of())));
        }

        void require(String action) {
            String trust = role.map(found -> found.row().trust()).orElse(NOBODY);
            decisions.require(new AccessRequest(asking, action, roleArn, context), Optional.of(trust), roleArn);
        }
    }

    private Assumed assumed(
            Whole row,
            String sessionName,
            SessionScope session,
            Optional<String> sourceIdentity,
            Optional<String> provider,
            Duration lifetime) {
        Credential facts = new Credential(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                session.tags(),
                session.transitive(),
                sourceIdentity,
                provider,
                session.policies(),
                false);
        SessionCredentials.Issued issued = credentials.issue(row.entity().id(), sessionName, facts, now(), lifetime);
        Role role =
                new Role(row.entity().id(), row.entity().name(), row.entity().path());
        Principal principal = names.roleSession(role, sessionName).with(issued.credential());
        return new Assumed(issued.credentials(), principal, session.packedPercent());
    }

    private Optional<Target> find(String roleArn) {
        String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        return transactions.run(connection -> {
            Optional<Whole> row = RoleTable.byName(connection, name).filter(found -> names.arn(
                            EntityKind.ROLE,
                            found.entity().path(),
                            found.entity().name())
                    .equals(roleArn));
            return row.isEmpty()
                    ? Optional.<Target>empty()
                    : Optional.of(new Target(
                            row.get(),
                            TagTable.of(connection, row.get().entity().id())));
        });
    }

    private Principal proven(Principal caller, Code code) {
        boolean own = caller.type() == PrincipalType.USER
                && code.serialNumber().equals("arn:aws:iam::" + names.accountId() + ":mfa/" + caller.name());
        String source = caller.origin().sourceIp().orElse("");
        if (!own || !factors.on(caller) || !factors.check(caller.id(), code.code(), source)) {
            throw new SallyportException(
                    AccessError.ACCESS_DENIED, "MultiFactorAuthentication failed with invalid MFA one time pass code.");
        }
        Credential before = caller.credential();
        return caller.with(new Credential(
                before.keyId(),
                before.issued(),
                before.expires(),
                Optional.of(now()),
                before.tags(),
                before.transitive(),
                before.sourceIdentity(),
                before.provider(),
                before.policies(),
                before.limited()));
    }

    private Principal webIdentity(WebIdentities.Shown shown, String provider) {
        String id = shown.provider() + ":" + shown.identity().subject();
        Credential credential = new Credential(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.of(provider),
                List.of(),
                false);
        return new Principal(
                        names.accountId(),
                        PrincipalType.WEB_IDENTITY,
                        id,
                        shown.identity().subject(),
                        id)
                .with(credential);
    }

    /** Whole milliseconds, as rows keep them. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
