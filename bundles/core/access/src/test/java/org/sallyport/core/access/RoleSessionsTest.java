package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.RoleSessions.Assumed;
import org.sallyport.api.access.RoleSessions.Code;
import org.sallyport.api.access.RoleSessions.RoleWanted;
import org.sallyport.api.access.RoleSessions.Scope;
import org.sallyport.api.access.RoleSessions.WebAssumed;
import org.sallyport.api.access.RoleSessions.WebRoleWanted;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Owner;
import org.sallyport.api.iam.Roles.NewRole;
import org.sallyport.spi.identity.WebIdentityVerifier;
import org.sallyport.test.contract.InMemoryWebIdentityProvider;

@Tag("store")
class RoleSessionsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/ops";
    private final IamWorld world = new IamWorld();
    private Principal bob;

    @BeforeEach
    void makeRole() {
        bob = world.user("bob", IamWorld.allow("sts:*", ROLE));
        world.roles.create(world.admin, NewRole.named("ops", IamWorld.trusting("{\"AWS\":\"123456789012\"}")));
        world.inline.put(world.admin, Owner.role("ops"), "all", IamWorld.allow("*", "*"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void needsBothTheCallersPolicyAndTheRolesTrust() {
        Principal carol = world.user("carol");
        assertDenied(carol, RoleWanted.named(ROLE, "carol"));

        Assumed assumed = world.sessions.assumeRole(bob, RoleWanted.named(ROLE, "night-shift"));

        assertThat(assumed.principal().id()).matches("AROA[A-Z2-7]{17}:night-shift");
        assertThat(assumed.principal().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/ops/night-shift");
        assertThat(assumed.credentials().expires()).isEqualTo(IamWorld.NOW.plusSeconds(3600));
        assertThat(allows(assumed.principal(), "ssm:StartSession")).isTrue();
        assertThat(stored(assumed.credentials())).isEqualTo(assumed.principal().credential());

        world.roles.updateTrust(world.admin, "ops", IamWorld.TRUST_SSM);
        assertDenied(bob, RoleWanted.named(ROLE, "bob"));
        // what was given stays until the role is deleted
        assertThat(allows(assumed.principal(), "ssm:StartSession")).isTrue();
        world.inline.delete(world.admin, Owner.role("ops"), "all");
        world.roles.delete(world.admin, "ops");
        assertThat(allows(assumed.principal(), "ssm:StartSession")).isFalse();
        assertThat(world.live.stillAllows(new AccessRequest(assumed.principal(), "ssm:StartSession", "*")))
                .isFalse();
    }

    @Test
    void answersForARoleThatDoesNotExistAsForOneThatTrustsNobody() {
        String gone = "arn:aws:iam::123456789012:role/gone";
        world.inline.put(world.admin, Owner.user("bob"), "own", IamWorld.allow("sts:*", "*"));
        world.roles.updateTrust(world.admin, "ops", IamWorld.TRUST_SSM);

        assertThat(assertDenied(bob, RoleWanted.named(gone, "bob")).replace("gone", "ops"))
                .isEqualTo(assertDenied(bob, RoleWanted.named(ROLE, "bob")));
    }

    @Test
    void limitsTheSessionByPolicyAndCarriesTagsAndSourceIdentity() {
        Scope scope = new Scope(
                Optional.of(IamWorld.allow("ssm:*", "*")),
                List.of(IamWorld.CORE),
                List.of(new org.sallyport.api.iam.Tag("Team", "blue"), new org.sallyport.api.iam.Tag("once", "1")),
                List.of("Team"),
                Optional.of("bob@example.org"));
        Assumed first = world.sessions.assumeRole(bob, wanted(scope));

        assertThat(allows(first.principal(), "ssm:StartSession")).isTrue();
        assertThat(allows(first.principal(), "ec2messages:GetMessages")).isTrue();
        assertThat(allows(first.principal(), "iam:ListUsers")).isFalse();
        assertThat(first.packedPercent()).isBetween(1, 100);

        Scope open =
                new Scope(Optional.of(IamWorld.allow("sts:*", "*")), List.of(), List.of(), List.of(), Optional.empty());
        Assumed middle = world.sessions.assumeRole(
                bob,
                wanted(new Scope(open.policy(), List.of(), scope.tags(), scope.transitive(), scope.sourceIdentity())));
        Assumed second = world.sessions.assumeRole(middle.principal(), RoleWanted.named(ROLE, "again"));
        assertThat(second.principal().credential().tags()).containsExactly(Map.entry("Team", "blue"));
        assertThat(second.principal().credential().sourceIdentity()).contains("bob@example.org");
        IamEntitiesTest.assertCode(
                () -> world.sessions.assumeRole(
                        middle.principal(),
                        new RoleWanted(
                                ROLE,
                                "again",
                                Optional.of(Duration.ofHours(2)),
                                Scope.NONE,
                                Optional.empty(),
                                Optional.empty())),
                IamError.VALIDATION_ERROR);
        IamEntitiesTest.assertCode(
                () -> world.sessions.assumeRole(
                        bob, wanted(new Scope(Optional.of("{}"), List.of(), List.of(), List.of(), Optional.empty()))),
                IamError.MALFORMED_POLICY_DOCUMENT);
    }

    @Test
    void takesTheExternalIdAndTheSecondFactor() {
        world.roles.updateTrust(
                world.admin,
                "ops",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + bob.arn()
                        + "\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"x1\"},"
                        + "\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}}]}");
        String secret = world.factors.begin(bob).secret();
        assertThatThrownBy(
                        () -> world.sessions.assumeRole(bob, with(Optional.of("x1"), Optional.of(mfa(code(secret))))))
                .as("a factor that is not on yet")
                .hasMessageContaining("MultiFactorAuthentication failed");
        world.factors.confirm(bob, code(secret));
        world.clock.advance(Duration.ofSeconds(60));

        assertDenied(bob, with(Optional.of("x1"), Optional.empty()));
        assertDenied(bob, with(Optional.empty(), Optional.of(mfa(code(secret)))));
        world.clock.advance(Duration.ofSeconds(60));
        world.sessions.assumeRole(bob, with(Optional.of("x1"), Optional.of(mfa(code(secret)))));
        assertThatThrownBy(
                        () -> world.sessions.assumeRole(bob, with(Optional.of("x1"), Optional.of(mfa(code(secret))))))
                .hasMessageContaining("MultiFactorAuthentication failed");
    }

    @Test
    void givesAUserCredentialsOfItsOwnThatCallIamOnlyWithACode() {
        Principal signed = bob.with(Credential.key(
                world.keys.create(world.admin, Optional.of("bob")).key().accessKeyId()));
        world.inline.put(world.admin, Owner.user("bob"), "own", IamWorld.allow("*", "*"));
        Credential plain = stored(world.sessions.sessionToken(signed, Optional.empty(), Optional.empty()));
        String secret = world.factors.begin(bob).secret();
        world.factors.confirm(bob, code(secret));
        world.clock.advance(Duration.ofSeconds(60));
        Credential strong =
                stored(world.sessions.sessionToken(signed, Optional.empty(), Optional.of(mfa(code(secret)))));

        assertThat(allows(bob.with(plain), "ssm:StartSession")).isTrue();
        assertThat(allows(bob.with(plain), "iam:ListUsers")).isFalse();
        assertThat(allows(bob.with(plain), "sts:AssumeRole")).isTrue();
        assertThat(allows(bob.with(plain), "sts:GetSessionToken")).isFalse();
        assertThat(allows(bob.with(strong), "iam:ListUsers")).isTrue();
        IamEntitiesTest.assertCode(
                () -> world.sessions.sessionToken(bob.with(strong), Optional.empty(), Optional.empty()),
                AccessError.ACCESS_DENIED);
        IamEntitiesTest.assertCode(
                () -> world.sessions.sessionToken(signed, Optional.of(Duration.ofHours(37)), Optional.empty()),
                IamError.VALIDATION_ERROR);
    }

    @Test
    void givesARoleToWhoShowsATokenThatTheRoleTrusts() {
        InMemoryWebIdentityProvider provider = new InMemoryWebIdentityProvider("idp.example.org", world.clock);
        world.identities.bindVerifier(provider, reference("idp.example.org"));
        String federated = "{\"Federated\":\"arn:aws:iam::123456789012:oidc-provider/idp.example.org\"}";
        world.roles.updateTrust(
                world.admin,
                "ops",
                IamWorld.trusting(federated)
                        .replace(
                                "]}]}",
                                "],\"Condition\":{\"StringEquals\":{\"idp.example.org:sub\":\"alice\",\"idp.example.org:aud\":\"sallyport\"}}}]}"));
        Instant soon = IamWorld.NOW.plusSeconds(60);

        WebAssumed got = world.sessions.assumeRoleWithWebIdentity(
                Origin.NONE, web(provider.token("alice", InMemoryWebIdentityProvider.AUDIENCE, soon)));

        assertThat(got.subject()).isEqualTo("alice");
        assertThat(got.assumed().principal().credential().tags()).containsEntry("Team", "blue");
        assertThat(got.assumed().principal().credential().provider()).contains(got.provider());
        assertThat(allows(got.assumed().principal(), "ssm:StartSession")).isTrue();
        IamEntitiesTest.assertCode(
                () -> world.sessions.assumeRoleWithWebIdentity(
                        Origin.NONE, web(provider.token("mallory", InMemoryWebIdentityProvider.AUDIENCE, soon))),
                AccessError.ACCESS_DENIED);
        IamEntitiesTest.assertCode(
                () -> world.sessions.assumeRoleWithWebIdentity(
                        Origin.NONE, web(provider.token("alice", "others", soon))),
                IamError.IDP_REJECTED_CLAIM);
        IamEntitiesTest.assertCode(
                () -> world.sessions.assumeRoleWithWebIdentity(
                        Origin.NONE, web(provider.token("alice", InMemoryWebIdentityProvider.AUDIENCE, IamWorld.NOW))),
                IamError.EXPIRED_TOKEN);
        world.identities.unbindVerifier(provider, reference("idp.example.org"));
        IamEntitiesTest.assertCode(
                () -> world.sessions.assumeRoleWithWebIdentity(
                        Origin.NONE, web(provider.token("alice", InMemoryWebIdentityProvider.AUDIENCE, soon))),
                IamError.INVALID_IDENTITY_TOKEN);
    }

    private static WebRoleWanted web(String token) {
        return new WebRoleWanted(ROLE, "alice", token, Optional.empty(), Optional.empty(), List.of());
    }

    /** As the framework would give it; all of one provider are equal. */
    @SuppressWarnings("unchecked")
    private static ServiceReference<WebIdentityVerifier> reference(String provider) {
        return (ServiceReference<WebIdentityVerifier>) Proxy.newProxyInstance(
                ServiceReference.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> method.getName().equals("getProperty") ? provider : 0);
    }

    @Test
    void refusesTokensOfProvidersThatNobodyVerifies() {
        String claims = Base64.getUrlEncoder()
                .encodeToString("{\"iss\":\"https://idp.example.org\"}".getBytes(StandardCharsets.UTF_8));
        IamEntitiesTest.assertCode(
                () -> world.identities.verify("e30." + claims + ".c2ln", world.clock), IamError.INVALID_IDENTITY_TOKEN);
        IamEntitiesTest.assertCode(
                () -> world.identities.verify("no token", world.clock), IamError.INVALID_IDENTITY_TOKEN);
        String deep = Base64.getUrlEncoder()
                .encodeToString(("{\"iss\":" + "[".repeat(5000)).getBytes(StandardCharsets.UTF_8));
        IamEntitiesTest.assertCode(
                () -> world.identities.verify("e30." + deep + ".c2ln", world.clock), IamError.INVALID_IDENTITY_TOKEN);
    }

    private Credential stored(TemporaryCredentials issued) {
        CredentialTable.Row row = world.store
                .run(connection -> CredentialTable.find(connection, issued.accessKeyId()))
                .orElseThrow();
        return FactsText.read(issued.accessKeyId(), row.expires(), row.facts());
    }

    private String code(String secret) {
        return OneTimeCodes.code(
                UniqueIds.unbase32(secret), world.clock.instant().getEpochSecond() / 30);
    }

    private static Code mfa(String code) {
        return new Code("arn:aws:iam::123456789012:mfa/bob", code);
    }

    private static RoleWanted wanted(Scope scope) {
        return new RoleWanted(ROLE, "bob", Optional.empty(), scope, Optional.empty(), Optional.empty());
    }

    private static RoleWanted with(Optional<String> externalId, Optional<Code> code) {
        return new RoleWanted(ROLE, "bob", Optional.empty(), Scope.NONE, externalId, code);
    }

    private boolean allows(Principal who, String action) {
        return world.decisions.allows(new AccessRequest(who, action, "*"));
    }

    private String assertDenied(Principal who, RoleWanted wanted) {
        try {
            world.sessions.assumeRole(who, wanted);
            throw new AssertionError("it is allowed");
        } catch (SallyportException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(AccessError.ACCESS_DENIED);
            return e.getMessage().replaceAll(" \\(reference [A-Z2-7]{20}\\)$", "");
        }
    }
}
